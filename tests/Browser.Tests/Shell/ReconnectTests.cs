using ReleaseDashboard.Web;

namespace ReleaseDashboard.Browser.Tests.Shell;

public sealed class ReconnectTests(BrowserFixture browser)
{
    [Fact]
    public async Task Server_Restarted_PageSaysSoAndComesBackByItself()
    {
        var first = Build("http://127.0.0.1:0");
        await first.StartAsync(TestContext.Current.CancellationToken);
        var address = first.Address;
        await using var opened = await browser.OpenAsync(new Uri(address, "/_gallery?step=Run-tests").ToString());
        await opened.Page.EvaluateAsync("document.documentElement.dataset.old = ''");

        await first.DisposeAsync();
        await opened.Page.GetByText("Connection lost").WaitForAsync();
        await using var second = Build(address.ToString());
        await second.StartAsync(TestContext.Current.CancellationToken);

        await opened.Page.Locator("html[data-live]:not([data-old])").WaitForAsync(new() { Timeout = 30_000 });
        opened.Page.Url.ShouldEndWith("/_gallery?step=Run-tests");
    }

    private static ReleaseWebApplication Build(string urls) => ReleaseWebApplication.Build(new ReleaseWebOptions
    {
        EnvironmentName = "Development", Urls = urls, ContentRoot = AppContext.BaseDirectory,
    });
}
