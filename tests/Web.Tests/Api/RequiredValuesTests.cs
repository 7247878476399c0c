using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Api;

public sealed class RequiredValuesTests
{
    [Theory]
    [InlineData("projects", "{}", "name, repository, settings: have to be given.")]
    [InlineData("projects", "{\"name\":\"hello\",\"repository\":null,\"settings\":{\"gitUrl\":\"https://git.example/h.git\",\"webUrl\":\"https://git.example/h\"}}", "repository: has to be given.")]
    [InlineData("releases", "{\"version\":\"1.2.0\"}", "project: has to be given.")]
    public async Task Body_WithoutWhatHasToBeThere_IsRefusedByName(string path, string body, string detail)
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var api = dashboard.OpenApi(await dashboard.AddTokenAsync("ada", Roles.Administrator | Roles.Maintainer));
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await api.PostAsync(path, content);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString().ShouldBe(detail);
    }
}
