using Microsoft.Playwright;
using ReleaseDashboard.TestSupport.Scenario;

namespace ReleaseDashboard.Browser.Tests.Releases;

/// <summary>One scripted server and one Chromium for every test of the release page.</summary>
public sealed class ReleaseFixture : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private ScriptedWeb? _web;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private ReleaseStates? _states;

    public ScriptedWeb Web => _web!;

    public ReleaseStates States => _states!;

    public async ValueTask InitializeAsync()
    {
        _web = await ScriptedWeb.StartAsync();
        _states = new ReleaseStates(_web);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium(), Args = Flags });
    }

    /// <summary>A window of its own in which the persona is signed in, at the path, live.</summary>
    public async Task<WatchedPage> OpenAsync(string persona, string path, int width = 1440, bool dark = false, ScriptedWeb? web = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (web ?? Web).Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 860 : 1000 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            TimezoneId = "Europe/Paris",
            // Axe reads colours: a transition half way would be judged.
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(20_000);
        var opened = new WatchedPage(context, await context.NewPageAsync());
        await opened.Page.GotoAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(path));
        await opened.Page.Locator($"button[value={persona}]").ClickAsync();
        await opened.Page.Locator("html[data-live]").WaitForAsync();
        await opened.Page.EvaluateAsync("document.fonts.ready.then(() => true)");
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_web is not null)
            await _web.DisposeAsync();
    }

    private static string Chromium() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("These tests need chromium on the PATH (Debian: apt install chromium).");
}

[CollectionDefinition(nameof(ReleaseFixture))]
public sealed class ReleaseCollection : ICollectionFixture<ReleaseFixture>;
