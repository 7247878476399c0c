using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using ReleaseDashboard.Web;

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

    private ReleaseWebApplication? _application;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Address => _application!.Address;

    public IServiceProvider Services => _application!.Services;

    public async ValueTask InitializeAsync()
    {
        _application = ReleaseWebApplication.Build(new ReleaseWebOptions
        {
            EnvironmentName = "Development",
            Urls = "http://127.0.0.1:0",
            ContentRoot = AppContext.BaseDirectory,
            Configure = builder => builder.Logging.SetMinimumLevel(LogLevel.Warning),
        });
        await _application.StartAsync(TestContext.Current.CancellationToken);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium(), Args = Flags });
    }

    /// <summary>A page of its own session that has become live; what it reports is in <see cref="WatchedPage.Faults"/>.</summary>
    public async Task<WatchedPage> OpenAsync(string path, int width = 1440, int height = 1000, bool dark = false)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            TimezoneId = "Europe/Paris",
            // Axe reads colours: a transition half way would be judged.
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(10_000);
        var page = new WatchedPage(context, await context.NewPageAsync());
        await page.GoAsync(path);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_application is not null)
            await _application.DisposeAsync();
    }

    private static string Chromium() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("These tests need chromium on the PATH (Debian: apt install chromium).");
}
