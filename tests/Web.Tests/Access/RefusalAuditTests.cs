using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Web;
using ReleaseDashboard.Web.Audit;
using ReleaseDashboard.Web.Tests.Api;

namespace ReleaseDashboard.Web.Tests.Access;

/// <summary>Who was turned away while changing secrets or channels, or with a webhook, stands in the audit trail.</summary>
public sealed class RefusalAuditTests
{
    private const string WebhookSecret = "the webhook's own secret";
    private static readonly byte[] Delivery = Encoding.UTF8.GetBytes("""{"action":"completed","repository":{"full_name":"example/hello"}}""");

    [Theory, DatabaseData]
    public async Task Secret_ChangeRefused_IsAuditedWithoutItsValue(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var dashboard = await TestDashboard.StartAsync(database: database);
        using var mia = dashboard.OpenApi(await dashboard.AddTokenAsync("mia", Roles.Maintainer));
        using var vera = dashboard.OpenApi(await dashboard.AddTokenAsync("vera", Roles.Viewer));
        var project = await AddProjectAsync(dashboard, mia);
        using var otto = dashboard.OpenApi(await TokenElsewhereAsync(dashboard, mia));
        const string at = "projects/hello/secrets/pypi-password";

        (await vera.PutAsJsonAsync(at, new { value = "pypi-mine" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await vera.DeleteAsync(at)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await otto.DeleteAsync(at)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await mia.DeleteAsync(at)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await mia.PutAsJsonAsync(at, new { value = "pypi-one" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await mia.PutAsJsonAsync("projects/hello/secrets/testpypi-password", new { value = "pypi-one" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        // Somebody pasted the secret where its name belongs.
        (await mia.PutAsJsonAsync("projects/hello/secrets/pypi-AgEI-pasted", new { value = "x" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        // Reading is no change.
        (await otto.GetAsync("projects/hello/secrets")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await EntriesAsync(dashboard, "secret.refuse")).ShouldBe(
        [
            ("vera", project, "pypi-password", "not allowed"),
            ("otto", project, "pypi-password", "not there, or not shown"),
            ("mia", project, "pypi-password", "not there, or not shown"),
            ("mia", project, "testpypi-password", "not usable"),
            ("mia", project, "of an unknown name", "not usable"),
        ]);
        await using var db = dashboard.Database.Ledger.Read();
        (await db.Audit.Select(entry => entry.Subject + entry.Before + entry.After).ToListAsync()).ShouldAllBe(text => !text.Contains("pypi-one") && !text.Contains("pypi-mine") && !text.Contains("pasted"));
        AuditWords.Of("secret.refuse").ShouldBe("was refused a change of secret");
    }

    [Theory, DatabaseData]
    public async Task Channel_ChangeRefused_IsAudited(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var dashboard = await TestDashboard.StartAsync(database: database);
        using var mia = dashboard.OpenApi(await dashboard.AddTokenAsync("mia", Roles.Maintainer));
        using var vera = dashboard.OpenApi(await dashboard.AddTokenAsync("vera", Roles.Viewer));
        var project = await AddProjectAsync(dashboard, mia);
        var draft = new { kind = "email", name = "ops", address = "ops@example.org" };
        using var made = await mia.PostAsJsonAsync("channels", draft);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

        (await vera.PostAsJsonAsync("projects/hello/channels", draft)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await vera.DeleteAsync($"channels/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await mia.PatchAsJsonAsync($"channels/{id}", new { events = new[] { "no.such" } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        // One's own project's, but the channel is somebody else's.
        (await mia.DeleteAsync($"projects/hello/channels/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await EntriesAsync(dashboard, "channel.refuse")).ShouldBe(
        [
            ("vera", project, "hello", "not allowed"),
            ("vera", null, "vera", "not there, or not shown"),
            ("mia", null, "mia", "not usable"),
            ("mia", project, "hello", "not there, or not shown"),
        ]);
        AuditWords.Of("channel.refuse").ShouldBe("was refused a change of the channels of");
    }

    [Theory, DatabaseData]
    public async Task Step_ActionRefusedAtTheDoor_IsAudited(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, ReviewPlaybook.Text);
        var id = await ReviewPlaybook.WaitingAsync(test);
        using var vera = test.Dashboard.OpenApi(await test.Dashboard.AddTokenAsync("vera", Roles.Viewer));
        var digest = new { evidenceDigest = new string('0', 64) };

        (await vera.PostAsJsonAsync($"releases/{id}/steps/decide/approve", digest)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await vera.PostAsJsonAsync($"releases/{id}/steps/decide/skip", new { comment = "no" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await vera.PostAsJsonAsync($"releases/{id}/steps/pasted-secret/approve", digest)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await vera.PostAsJsonAsync($"releases/{id}/steps/pasted-secret/skip", new { comment = "no" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await test.Reviewer.PostAsJsonAsync($"releases/{id}/steps/decide/approve", digest)).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        var decisions = await EntriesAsync(test.Dashboard, "approval.refuse");
        decisions.Select(entry => (entry.Item1, entry.Item3[entry.Item3.IndexOf('/', StringComparison.Ordinal)..], entry.Item4)).ShouldBe(
            [("vera", "/decide", "not allowed"), ("vera", "/an unknown step", "not there, or not shown"), ("rita", "/decide", "in conflict")]);
        decisions.ShouldAllBe(entry => entry.Item2 != null);
        (await EntriesAsync(test.Dashboard, "step.refuse")).Select(entry => entry.Item3[entry.Item3.IndexOf('/', StringComparison.Ordinal)..]).ShouldBe(["/decide", "/an unknown step"]);
        AuditWords.Of("approval.refuse").ShouldBe("was refused a decision on");
    }

    [Theory, DatabaseData]
    public async Task Webhook_Rejected_IsAudited(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var dashboard = await TestDashboard.StartAsync(database: database);
        using var mia = dashboard.OpenApi(await dashboard.AddTokenAsync("mia", Roles.Maintainer));
        var project = await AddProjectAsync(dashboard, mia);
        (await mia.PutAsJsonAsync("projects/hello/secrets/github-webhook", new { value = WebhookSecret })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var stranger = new HttpClient { BaseAddress = dashboard.Address };
        var good = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(WebhookSecret), Delivery));
#pragma warning disable CA5350 // The weak hash is the very thing that has to be refused.
        var old = "sha1=" + Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(WebhookSecret), Delivery));
#pragma warning restore CA5350

        (await DeliverAsync(stranger, "1", [])).ShouldBe(HttpStatusCode.Unauthorized);
        (await DeliverAsync(stranger, "2", [("X-Hub-Signature", old)])).ShouldBe(HttpStatusCode.Unauthorized);
        for (var at = 0; at < 30; at++)
            (await DeliverAsync(stranger, $"flood {at}", [("X-Hub-Signature-256", "sha256=" + new string('0', 64))])).ShouldBe(HttpStatusCode.Unauthorized);
        (await DeliverAsync(stranger, "3", [("X-Hub-Signature", old), ("X-Hub-Signature-256", good)])).ShouldBe(HttpStatusCode.Accepted);
        (await DeliverAsync(stranger, "3", [("X-Hub-Signature-256", good)])).ShouldBe(HttpStatusCode.Accepted);

        (await EntriesAsync(dashboard, "webhook.refuse")).ShouldBe(
        [
            ("unknown sender", project, "example/hello", "no signature"),
            ("unknown sender", project, "example/hello", "signature with SHA-1"),
            ("unknown sender", project, "example/hello", "bad signature"),
            ("unknown sender", project, "example/hello", "replay"),
        ]);
        AuditWords.Of("webhook.refuse").ShouldBe("sent a webhook that was refused, for");
    }

    private static async Task<HttpStatusCode> DeliverAsync(HttpClient http, string id, IReadOnlyList<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/github") { Content = new ByteArrayContent(Delivery) };
        request.Headers.Add("X-GitHub-Delivery", id);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<List<(string, Guid?, string, string?)>> EntriesAsync(TestDashboard dashboard, string action)
    {
        await using var db = dashboard.Database.Ledger.Read();
        var entries = await db.Audit.Where(entry => entry.Action == action).OrderBy(entry => entry.Sequence).ToListAsync();
        return [.. entries.Select(entry => (entry.ActorName, entry.ProjectId, entry.Subject, JsonDocument.Parse(entry.After!).RootElement.GetProperty("reason").GetString()))];
    }

    private static async Task<Guid?> AddProjectAsync(TestDashboard dashboard, HttpClient api, string name = "hello")
    {
        using var added = await api.PostAsJsonAsync("projects", new
        {
            name,
            repository = "example/" + name,
            settings = new { gitUrl = "https://git.example/hello.git", webUrl = "https://git.example/hello", package = "hello", versionFile = "hello.py" },
        });
        added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
        return (await dashboard.Get<ProjectQueries>().FindAsync(name, CancellationToken.None)).ShouldNotBeNull().Id;
    }

    /// <summary>A token of otto, who manages another project and does not see the first.</summary>
    private static async Task<string> TokenElsewhereAsync(TestDashboard dashboard, HttpClient api)
    {
        var other = await AddProjectAsync(dashboard, api, "other");
        await dashboard.AddUserAsync("otto", Roles.None);
        (await dashboard.Get<ProjectAccess>().SetAsync(Actor.System, other!.Value, "otto", false, Roles.Maintainer, CancellationToken.None)).Message.ShouldBe("");
        return (await dashboard.Get<ApiTokens>().CreateAsync(Actor.System, "otto", "test", Roles.Maintainer, TimeSpan.FromDays(1), CancellationToken.None)).Value.Text;
    }
}
