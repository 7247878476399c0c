using ReleaseDashboard.Browser.Tests.Pages;

namespace ReleaseDashboard.Browser.Tests.Shell;

public sealed class ReconnectTests(BrowserFixture browser)
{
    [Fact]
    public async Task Server_Restarted_PageSaysSoAndComesBackByItself()
    {
        var folder = Directory.CreateTempSubdirectory("restart-").FullName;
        try
        {
            var first = await RunningDashboard.StartAsync(isWorker: false, data: folder);
            var address = first.Address;
            await using var opened = await browser.VisitAsync(first, "reviewer", "/_gallery?step=Run-tests");
            await opened.Page.EvaluateAsync("document.documentElement.dataset.old = ''");

            await first.DisposeAsync();
            await opened.Page.GetByText("Connection lost").WaitForAsync();
            // The session lives on: its keys are in the data folder.
            await using var second = await RunningDashboard.StartAsync(isWorker: false, data: folder, urls: address.ToString());

            await opened.Page.Locator("html[data-live]:not([data-old])").WaitForAsync(new() { Timeout = 30_000 });
            opened.Page.Url.ShouldEndWith("/_gallery?step=Run-tests");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
