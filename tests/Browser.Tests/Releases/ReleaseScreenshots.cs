namespace ReleaseDashboard.Browser.Tests.Releases;

internal static class ReleaseScreenshots
{
    /// <summary>Kept for a reviewer when the environment names a folder in SCREENSHOTS.</summary>
    public static async Task ScreenshotAsync(this WatchedPage opened, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            await opened.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
