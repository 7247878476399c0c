using System.Net;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Auth;

public sealed class SetupTests
{
    [Fact]
    public async Task Setup_RightCode_MakesAdministratorAndSignsIn()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var browser = dashboard.OpenBrowser();
        using (var first = await browser.GetAsync("/sign-in"))
            first.Headers.Location!.OriginalString.ShouldBe("/setup");
        using (var wrong = await SubmitAsync(browser, "AAAA-AAAA-AAAA-AAAA", TestDashboard.Password))
            wrong.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using (var weak = await SubmitAsync(browser, dashboard.Get<FirstRun>().Code, "short"))
            weak.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using (var right = await SubmitAsync(browser, dashboard.Get<FirstRun>().Code.ToLowerInvariant(), TestDashboard.Password))
            right.Headers.Location!.OriginalString.ShouldBe("/");
        using (var read = await browser.GetAsync("/api/v1/projects"))
            read.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await dashboard.Get<AccountQueries>().FindByNameAsync("ada", CancellationToken.None)).ShouldNotBeNull().Roles.ShouldBe(Roles.Viewer | Roles.Maintainer | Roles.Administrator);
        using var again = await browser.GetAsync("/setup");
        again.Headers.Location!.OriginalString.ShouldBe("/sign-in");
    }

    private static Task<HttpResponseMessage> SubmitAsync(TestBrowser browser, string code, string password) =>
        browser.SubmitAsync("/setup", "/setup", ("code", code), ("name", "ada"), ("displayName", "Ada"), ("password", password));
}
