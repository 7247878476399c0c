using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Api;

public sealed class GroupsApiTests
{
    [Theory, DatabaseData]
    public async Task Groups_ByScript_AreMadeFilledRenamedAndRemoved(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var dashboard = await TestDashboard.StartAsync(database: database);
        using var ada = dashboard.OpenApi(await dashboard.AddTokenAsync("ada", Roles.Administrator));
        await dashboard.AddUserAsync("mia", Roles.Viewer);

        await StatusAsync(ada.PostAsJsonAsync("groups", new { name = "security", description = "Looks for holes" }), HttpStatusCode.NoContent);
        await StatusAsync(ada.PutAsync("groups/security/members/mia", null), HttpStatusCode.NoContent);
        var group = (await ada.GetFromJsonAsync<JsonElement>("groups")).EnumerateArray().ShouldHaveSingleItem();
        (group.GetProperty("name").GetString(), group.GetProperty("description").GetString(), group.GetProperty("members")[0].GetString()).ShouldBe(("security", "Looks for holes", "mia"));
        await StatusAsync(ada.PutAsJsonAsync("groups/security", new { name = "guards" }), HttpStatusCode.NoContent);
        await StatusAsync(ada.DeleteAsync("groups/guards/members/mia"), HttpStatusCode.NoContent);
        (await ada.GetFromJsonAsync<JsonElement>("groups"))[0].GetProperty("members").GetArrayLength().ShouldBe(0);
        await StatusAsync(ada.DeleteAsync("groups/guards"), HttpStatusCode.NoContent);
        (await ada.GetFromJsonAsync<JsonElement>("groups")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Groups_ThatCannotBe_AreRefused()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        using var ada = dashboard.OpenApi(await dashboard.AddTokenAsync("ada", Roles.Administrator));
        using var mia = dashboard.OpenApi(await dashboard.AddTokenAsync("mia", Roles.Maintainer | Roles.Reviewer | Roles.Viewer));
        foreach (var name in new[] { "security", "docs" })
            await StatusAsync(ada.PostAsJsonAsync("groups", new { name }), HttpStatusCode.NoContent);
        await StatusAsync(ada.PutAsync("groups/docs/members/mia", null), HttpStatusCode.NoContent);

        await StatusAsync(ada.PostAsJsonAsync("groups", new { name = "Security" }), HttpStatusCode.Conflict);
        await StatusAsync(ada.PostAsJsonAsync("groups", new { name = "no\nname" }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(ada.PutAsJsonAsync("groups/security", new { name = "docs" }), HttpStatusCode.Conflict);
        await StatusAsync(ada.PutAsJsonAsync("groups/none", new { name = "docs2" }), HttpStatusCode.NotFound);
        await StatusAsync(ada.DeleteAsync("groups/none"), HttpStatusCode.NotFound);
        await StatusAsync(ada.PutAsync("groups/docs/members/mia", null), HttpStatusCode.Conflict);
        await StatusAsync(ada.PutAsync("groups/docs/members/nobody", null), HttpStatusCode.NotFound);
        await StatusAsync(ada.DeleteAsync("groups/security/members/mia"), HttpStatusCode.NotFound);
        // Nobody gives power to themselves, through a group neither.
        await StatusAsync(ada.PutAsync("groups/docs/members/ada", null), HttpStatusCode.Forbidden);
        await StatusAsync(mia.GetAsync("groups"), HttpStatusCode.Forbidden);
        await StatusAsync(mia.PostAsJsonAsync("groups", new { name = "mine" }), HttpStatusCode.Forbidden);
        await StatusAsync(mia.PutAsJsonAsync("groups/docs", new { name = "mine" }), HttpStatusCode.Forbidden);
        await StatusAsync(mia.DeleteAsync("groups/docs"), HttpStatusCode.Forbidden);
        await StatusAsync(mia.PutAsync("groups/security/members/mia", null), HttpStatusCode.Forbidden);
        await StatusAsync(mia.DeleteAsync("groups/docs/members/mia"), HttpStatusCode.Forbidden);
    }

    private static async Task StatusAsync(Task<HttpResponseMessage> call, HttpStatusCode expected)
    {
        using var answer = await call;
        answer.StatusCode.ShouldBe(expected, $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {await answer.Content.ReadAsStringAsync()}");
    }
}
