using System.Net;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Auth;

public sealed class PersonaTests
{
    [Theory]
    [InlineData("maintainer", Roles.Viewer | Roles.Maintainer)]
    [InlineData("reviewer", Roles.Viewer | Roles.Reviewer)]
    [InlineData("lead", Roles.Viewer | Roles.Reviewer | Roles.Administrator)]
    public async Task Persona_Sandbox_IsSignedInWithOneClick(string name, Roles roles)
    {
        await using var dashboard = await TestDashboard.StartAsync(sandbox: true);
        using var browser = dashboard.OpenBrowser();
        using var answer = await browser.SignInPersonaAsync(name);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var read = await browser.GetAsync("/api/v1/projects");
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await dashboard.Get<AccountQueries>().FindByNameAsync(name, CancellationToken.None)).ShouldNotBeNull().Roles.ShouldBe(roles);
    }

    [Fact]
    public async Task Persona_OutsideSandbox_HasNoEndpointNoButtonAndNoService()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        await dashboard.AddUserAsync("root", Roles.Administrator);
        dashboard.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .ShouldNotContain(endpoint => endpoint.RoutePattern.RawText!.Contains("persona", StringComparison.OrdinalIgnoreCase));
        Should.Throw<InvalidOperationException>(() => dashboard.Get<Personas>());
        using var browser = dashboard.OpenBrowser();
        using var page = await browser.GetAsync("/sign-in");
        (await page.Content.ReadAsStringAsync()).ShouldNotContain("persona");
        using var answer = await browser.SignInPersonaAsync("lead");
        answer.Headers.Location!.PathAndQuery.ShouldStartWith("/sign-in");
        using var read = await browser.GetAsync("/api/v1/projects");
        read.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Persona_SessionAndTokenFromSandbox_AreWorthNothingOutside()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        string token;
        Cookie cookie;
        await using (var sandbox = await TestDashboard.StartAsync(sandbox: true, database: database))
        {
            using var browser = sandbox.OpenBrowser();
            await browser.SignInPersonaAsync("lead");
            cookie = browser.Cookies.GetCookies(sandbox.Address)["rd-session"].ShouldNotBeNull();
            token = (await sandbox.Get<ApiTokens>().CreateAsync(Actor.System, "lead", "t", Roles.Administrator, null, CancellationToken.None)).Value.Text;
            using var works = await sandbox.OpenApi(token).GetAsync("projects");
            works.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        await using var real = await TestDashboard.StartAsync(database: database);
        using var with = real.OpenBrowser();
        with.Cookies.Add(real.Address, new Cookie(cookie.Name, cookie.Value));
        using var page = await with.GetAsync("/api/v1/projects");
        page.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var refused = await real.OpenApi(token).GetAsync("projects");
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await real.Get<FirstRun>().IsNeededAsync(CancellationToken.None)).ShouldBeTrue();
    }
}
