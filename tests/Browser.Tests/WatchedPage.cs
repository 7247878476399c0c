using Microsoft.Playwright;

namespace ReleaseDashboard.Browser.Tests;

/// <summary>A browser page that remembers every console error, page error and failed request.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    // Axe reads colours. A change of theme fades, and what inherits a colour begins its own fade when that of its parent ends.
    private const string Settled =
        """
        async () => {
          const end = performance.now() + 3000;
          for (let quiet = 0; quiet < 5 && performance.now() < end;) {
            await new Promise(done => requestAnimationFrame(done));
            quiet = document.getAnimations().some(own => own instanceof CSSTransition && own.transitionProperty.includes('color')) ? 0 : quiet + 1;
          }
        }
        """;

    private readonly IBrowserContext _context;

    public WatchedPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Faults.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => Faults.Add("page error: " + error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                Faults.Add($"{response.Status} {response.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>What went wrong so far. A blocked script or style shows up here as a console error.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Loads a path and waits until the circuit answers.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await LiveAsync();
    }

    /// <summary>Waits until the circuit answers.</summary>
    public async Task LiveAsync()
    {
        await Page.Locator("html[data-live]").WaitForAsync();
        await Page.EvaluateAsync("document.fonts.ready.then(() => true)");
    }

    /// <summary>Waits until no colour fades any more.</summary>
    public Task SettledAsync() => Page.EvaluateAsync(Settled);

    public async Task<bool> ScrollsSidewaysAsync() =>
        await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
