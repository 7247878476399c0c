using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;

[assembly: AssemblyFixture(typeof(ReleaseDashboard.Browser.Tests.BrowserFixture))]

namespace ReleaseDashboard.Browser.Tests;

/// <summary>The application on a free port and one Chromium, shared by every test of the assembly.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private RunningDashboard? _dashboard;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Address => _dashboard!.Address;

    public async ValueTask InitializeAsync()
    {
        _dashboard = await RunningDashboard.StartAsync(isWorker: false);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium(), Args = Flags });
    }

    /// <summary>A page of its own session, signed in as the reviewer, that has become live; what it reports is in <see cref="WatchedPage.Faults"/>.</summary>
    public async Task<WatchedPage> OpenAsync(string path, int width = 1440, int height = 1000, bool dark = false)
    {
        var page = await NewPageAsync(Address, width, height, dark);
        await page.Page.GotoAsync("/sign-in");
        await page.Page.Locator("button[value=reviewer]").ClickAsync();
        await page.LiveAsync();
        await page.GoAsync(path);
        return page;
    }

    /// <summary>An empty page of its own session.</summary>
    public async Task<WatchedPage> NewPageAsync(Uri address, int width = 1440, int height = 1000, bool dark = false)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            TimezoneId = "Europe/Paris",
            // Axe reads colours: a transition half way would be judged.
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(20_000);
        return new WatchedPage(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_dashboard is not null)
            await _dashboard.DisposeAsync();
    }

    private static string Chromium() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("These tests need chromium on the PATH (Debian: apt install chromium).");
}
