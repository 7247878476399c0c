using System.Net;

namespace ReleaseDashboard.Web.Tests;

public sealed class GalleryGateTests
{
    [Theory]
    [InlineData("Development", HttpStatusCode.OK)]
    [InlineData("Production", HttpStatusCode.NotFound)]
    public async Task Gallery_ByEnvironment_IsThereOnlyInDevelopment(string environment, HttpStatusCode expected)
    {
        await using var application = ReleaseWebApplication.Build(new ReleaseWebOptions
        {
            EnvironmentName = environment, Urls = "http://127.0.0.1:0", ContentRoot = AppContext.BaseDirectory,
        });
        await application.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = application.Address };

        using var answer = await http.GetAsync("/_gallery", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(expected);
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("script-src 'self';");
    }
}
