using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.History;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.History;

public sealed class HistoryApiTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, DatabaseData]
    public async Task History_FilteredAndPaged_GoesOnWhereItEnded(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, None);
        await using var dashboard = await TestDashboard.StartAsync(database: database);
        await HistorySeed.AddAsync(database.Ledger, 300);
        using var api = dashboard.OpenApi(await dashboard.AddTokenAsync("lead", Roles.Viewer));
        var first = await api.GetFromJsonAsync<JsonElement>("history?project=hello-bot&outcome=published&count=10", None);
        first.GetProperty("releases").GetArrayLength().ShouldBe(10);
        (first.GetProperty("hasOlder").GetBoolean(), first.GetProperty("hasNewer").GetBoolean()).ShouldBe((true, false));
        var last = first.GetProperty("releases")[9].GetProperty("id").GetString();
        var second = await api.GetFromJsonAsync<JsonElement>($"history?project=hello-bot&outcome=published&count=10&before={last}", None);
        second.GetProperty("hasNewer").GetBoolean().ShouldBeTrue();
        var back = await api.GetFromJsonAsync<JsonElement>($"history?project=hello-bot&outcome=published&count=10&after={second.GetProperty("releases")[0].GetProperty("id").GetString()}", None);
        back.GetProperty("releases")[9].GetProperty("id").GetString().ShouldBe(last);
        (await api.GetAsync("history?outcome=sideways", None)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.GetFromJsonAsync<JsonElement>("projects/hello-bot/trends", None)).GetProperty("stageTitles").GetArrayLength().ShouldBeGreaterThanOrEqualTo(0);
        (await api.GetAsync("projects/none/trends", None)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var csv = await api.GetStringAsync("history/export?person=mia", None);
        csv.ShouldContain("\r\n");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).ShouldAllBe(line => line.Contains(",mia,", StringComparison.Ordinal));
        var lines = (await api.GetStringAsync("history/export?format=jsonl", None)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(300);
        lines.ShouldAllBe(line => JsonDocument.Parse(line, default).RootElement.GetProperty("version").GetString() != null);
        (await api.GetAsync("history/export?format=xlsx", None)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await dashboard.OpenApi(null).GetAsync("history", None)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Compare_TwoReleases_SaysWhatItCannotRead()
    {
        await using var dashboard = await TestDashboard.StartAsync();
        await HistorySeed.AddAsync(dashboard.Database.Ledger, 30);
        using var api = dashboard.OpenApi(await dashboard.AddTokenAsync("lead", Roles.Viewer));
        var page = await api.GetFromJsonAsync<JsonElement>("history?project=hello-bot&count=5", None);
        var id = page.GetProperty("releases")[0].GetProperty("id").GetString();
        var compared = await api.GetFromJsonAsync<JsonElement>($"releases/{id}/compare", None);
        compared.GetProperty("releases").GetProperty("after").GetProperty("id").GetString().ShouldBe(id);
        compared.GetProperty("commits").GetProperty("trouble").GetString().ShouldNotBeNullOrEmpty();
        (await api.GetAsync($"releases/{id}/timeline", None)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.GetAsync($"releases/{id}/notes", None)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PutAsJsonAsync($"releases/{id}/notes", new { text = "x", revision = 0 }, None)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await api.GetAsync($"releases/{id}/compare/{Guid.CreateVersion7()}", None)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
