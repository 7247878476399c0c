using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;

namespace ReleaseDashboard.Browser.Tests.WrapperRelease;

/// <summary>A page in both themes and at both widths.</summary>
internal static class Looks
{
    private const int MostHigh = 1600;

    /// <summary>
    /// Axe finds nothing in light and dark; where the environment names a folder in SCREENSHOTS, each look is kept there
    /// as <c>NAME-WIDTH-THEME.png</c>.
    /// </summary>
    public static async Task ShouldLookRightAsync(this WatchedPage opened, string name)
    {
        var folder = Environment.GetEnvironmentVariable("SCREENSHOTS");
        foreach (var theme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await opened.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await opened.SettledAsync();
            (await opened.Page.RunAxe()).ShouldFindNothing();
            if (folder is { Length: > 0 })
            {
                await KeepAsync(opened.Page, folder, name, 1440, theme);
                await KeepAsync(opened.Page, folder, name, 400, theme);
                await opened.Page.SetViewportSizeAsync(1440, 1000);
            }
        }

        await opened.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        opened.Faults.ShouldBeEmpty();
    }

    // As high as the page, but a plan of thirty steps is cut: the picture is to be looked at.
    private static async Task KeepAsync(IPage page, string folder, string name, int width, ColorScheme theme)
    {
        await page.SetViewportSizeAsync(width, width == 400 ? 860 : 1000);
        var height = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        await page.ScreenshotAsync(new()
        {
            Path = Path.Combine(folder, $"{name}-{width}-{(theme == ColorScheme.Dark ? "dark" : "light")}.png"),
            FullPage = true,
            Clip = new Clip { X = 0, Y = 0, Width = width, Height = Math.Min(height, MostHigh) },
        });
    }
}
