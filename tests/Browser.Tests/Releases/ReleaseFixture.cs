using ReleaseDashboard.TestSupport.Scenario;

namespace ReleaseDashboard.Browser.Tests.Releases;

/// <summary>One scripted server for every test of the release page.</summary>
public sealed class ReleaseFixture(BrowserFixture browser) : IAsyncLifetime
{
    private ScriptedWeb? _web;
    private ReleaseStates? _states;

    public ScriptedWeb Web => _web!;

    public ReleaseStates States => _states!;

    public async ValueTask InitializeAsync()
    {
        _web = await ScriptedWeb.StartAsync();
        _states = new ReleaseStates(_web);
    }

    /// <summary>A window of its own in which the persona is signed in, at the path, live.</summary>
    public async Task<WatchedPage> OpenAsync(string persona, string path, int width = 1440, bool dark = false, ScriptedWeb? web = null)
    {
        var opened = await browser.NewPageAsync((web ?? Web).Address, width, width < 600 ? 860 : 1000, dark);
        await opened.Page.GotoAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(path));
        await opened.Page.Locator($"button[value={persona}]").ClickAsync();
        await opened.LiveAsync();
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
            await _web.DisposeAsync();
    }
}

[CollectionDefinition(nameof(ReleaseFixture))]
public sealed class ReleaseCollection : ICollectionFixture<ReleaseFixture>;
