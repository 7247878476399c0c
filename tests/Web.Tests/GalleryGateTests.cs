using System.Net;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests;

public sealed class GalleryGateTests
{
    [Theory]
    [InlineData("Development", HttpStatusCode.OK)]
    [InlineData("Production", HttpStatusCode.NotFound)]
    public async Task Gallery_ByEnvironment_IsThereOnlyInDevelopment(string environment, HttpStatusCode expected)
    {
        await using var dashboard = await TestDashboard.StartAsync(sandbox: true, environment: environment);
        using var browser = dashboard.OpenBrowser();
        await browser.SignInPersonaAsync("maintainer");

        using var answer = await browser.GetAsync("/_gallery");

        answer.StatusCode.ShouldBe(expected);
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("script-src 'self';");
    }
}
