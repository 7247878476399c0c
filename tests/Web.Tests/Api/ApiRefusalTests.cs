using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Api;

/// <summary>Requests that cannot be understood are answered in the API's own form.</summary>
public sealed class ApiRefusalTests
{
    [Theory]
    [InlineData("published")]
    [InlineData("needsPerson")]
    [InlineData("NeedsPerson")]
    public async Task Releases_ByAStatusAsAnswersNameIt_AreListed(string status)
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var http = dashboard.OpenApi(await dashboard.AddTokenAsync("vera", Roles.Viewer));
        (await http.GetFromJsonAsync<JsonElement>($"releases?status={status}")).GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("4")]
    public async Task Releases_ByAnUnknownStatus_AreRefusedNamingTheKnownOnes(string status)
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var http = dashboard.OpenApi(await dashboard.AddTokenAsync("vera", Roles.Viewer));
        using var answer = await http.GetAsync($"releases?status={status}");
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()
            .ShouldBe($"status is '{status}'; it can be running, waitingOutside, needsPerson, failed, published, aborted.");
    }

    [Fact]
    public async Task Request_ThatCannotBeRead_IsAProblemAndNoPage()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var http = dashboard.OpenApi(await dashboard.AddTokenAsync("mia", Roles.Maintainer));
        using var body = new StringContent("{ no json", Encoding.UTF8, "application/json");
        using var post = await http.PostAsync("releases", body);
        using var get = await http.GetAsync("releases?count=many");
        foreach (var answer in new[] { post, get })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }
    }
}
