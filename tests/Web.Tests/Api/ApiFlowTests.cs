using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Api;

/// <summary>A release as a script sees it, on both databases: a playbook of people's steps, driven to its end.</summary>
public sealed class ApiFlowTests
{
    private const string Playbook =
        """
        schema: 1
        name: people
        title: People only
        revision: 1
        stages:
          - id: only
            title: Only
            steps:
              - id: review
                title: Review
                kind: checklist
                items:
                  - id: one
                    text: Look at one
              - id: decide
                title: Decide
                kind: approval
                approval:
                  count: 1
                  role: reviewer
                  not_starter: true
        """;

    [Theory, DatabaseData]
    public async Task Release_DrivenByScript_IsPublished(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, Playbook);
        using (var created = await test.Maintainer.PostAsJsonAsync("projects", test.NewProject()))
            created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        using (var twice = await test.Maintainer.PostAsJsonAsync("projects", test.NewProject()))
            twice.StatusCode.ShouldBe(HttpStatusCode.Conflict);

        using (var moved = await test.Maintainer.PostAsJsonAsync("releases", new { project = "hello", version = "1.12.0", playbook = "people", baseCommit = new string('0', 40) }))
            moved.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using (var invalid = await test.Maintainer.PostAsJsonAsync("releases", new { project = "hello", version = "one", playbook = "people" }))
            invalid.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var started = await test.Maintainer.PostAsJsonAsync("releases", new { project = "hello", version = "1.12.0", playbook = "people" });
        started.StatusCode.ShouldBe(HttpStatusCode.Created, await started.Content.ReadAsStringAsync());
        var release = await started.Content.ReadFromJsonAsync<JsonElement>();
        var id = release.GetProperty("id").GetGuid();
        release.GetProperty("baseCommit").GetString().ShouldBe(test.Remote.DevCommit);
        using (var again = await test.Maintainer.PostAsJsonAsync("releases", new { project = "hello", version = "1.12.0", playbook = "people" }))
            again.StatusCode.ShouldBe(HttpStatusCode.Conflict);

        await test.WaitForStepAsync(id, "review", "waitingForPerson");
        using (var ticked = await test.Maintainer.PostAsJsonAsync($"releases/{id}/steps/review/complete", new { items = new[] { "one" } }))
            ticked.StatusCode.ShouldBe(HttpStatusCode.OK, await ticked.Content.ReadAsStringAsync());
        var decide = await test.WaitForStepAsync(id, "decide", "waitingForPerson");
        var digest = decide.GetProperty("approval").GetProperty("evidenceDigest").GetString()!;
        using (var own = await test.Maintainer.PostAsJsonAsync($"releases/{id}/steps/decide/approve", new { evidenceDigest = digest }))
            own.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using (var blind = await test.Reviewer.PostAsJsonAsync($"releases/{id}/steps/decide/approve", new { }))
            blind.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using (var stale = await test.Reviewer.PostAsJsonAsync($"releases/{id}/steps/decide/approve", new { evidenceDigest = new string('0', 64) }))
            stale.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using (var comment = await test.Reviewer.PostAsJsonAsync($"releases/{id}/steps/decide/comment", new { comment = "Looks good" }))
            comment.StatusCode.ShouldBe(HttpStatusCode.OK);
        using (var skip = await test.Maintainer.PostAsJsonAsync($"releases/{id}/steps/decide/skip", new { comment = "no time" }))
            skip.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using (var retry = await test.Maintainer.PostAsJsonAsync($"releases/{id}/steps/review/retry", new { }))
            retry.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using (var approved = await test.Reviewer.PostAsJsonAsync($"releases/{id}/steps/decide/approve", new { evidenceDigest = digest, comment = "ok" }))
            approved.StatusCode.ShouldBe(HttpStatusCode.OK, await approved.Content.ReadAsStringAsync());
        await test.WaitForStepAsync(id, "decide", "succeeded");

        var list = await test.Reviewer.GetFromJsonAsync<JsonElement>("releases?project=hello&count=1");
        list[0].GetProperty("id").GetGuid().ShouldBe(id);
        (await test.Reviewer.GetFromJsonAsync<JsonElement>("releases?status=published"))[0].GetProperty("id").GetGuid().ShouldBe(id);
        (await test.Reviewer.GetFromJsonAsync<JsonElement>($"releases?before={id}")).GetArrayLength().ShouldBe(0);
        (await test.Reviewer.GetFromJsonAsync<JsonElement>($"releases/{id}/plan")).GetProperty("steps").GetArrayLength().ShouldBe(2);
        using (var abort = await test.Maintainer.PostAsJsonAsync($"releases/{id}/abort", new { comment = "too late" }))
            abort.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var audit = await test.Reviewer.GetFromJsonAsync<JsonElement>($"audit?release={id}&action=approval.");
        audit[0].GetProperty("actor").GetString().ShouldBe("rita");
        (await test.Reviewer.GetFromJsonAsync<JsonElement>("audit/verify")).GetProperty("intact").GetBoolean().ShouldBeTrue();
    }

    [Theory, DatabaseData]
    public async Task Secret_Stored_IsListedWithoutItsValue(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, Playbook);
        await test.Maintainer.PostAsJsonAsync("projects", test.NewProject());
        using (var stored = await test.Maintainer.PutAsJsonAsync("projects/hello/secrets/github-token", new { value = "ghp_very_secret" }))
            stored.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using (var unknown = await test.Maintainer.PutAsJsonAsync("projects/hello/secrets/other", new { value = "x" }))
            unknown.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var list = await test.Reviewer.GetStringAsync("projects/hello/secrets");
        list.ShouldContain("github-token");
        list.ShouldNotContain("ghp_very_secret");
        (await test.Reviewer.GetStringAsync("audit")).ShouldNotContain("ghp_very_secret");
        await using var db = test.Dashboard.Database.Ledger.Read();
        (await db.Secrets.Select(secret => secret.Ciphertext).ToListAsync()).ShouldAllBe(text => !text.Contains("ghp_very_secret"));
    }

    [Theory, DatabaseData]
    public async Task Log_ReadAndFollowed_HasEveryLineOnce(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, Playbook);
        await test.Maintainer.PostAsJsonAsync("projects", test.NewProject());
        var release = await (await test.Maintainer.PostAsJsonAsync("releases", new { project = "hello", version = "1.12.0", playbook = "people" })).Content.ReadFromJsonAsync<JsonElement>();
        var id = release.GetProperty("id").GetGuid();
        var attempt = await test.AddAttemptAsync(id, "decide");
        var logs = test.Dashboard.Get<LogStore>();
        await logs.AppendAsync(attempt, 1, ["one", "two"], CancellationToken.None);
        var path = $"releases/{id}/steps/decide/log";

        var json = await test.Reviewer.GetFromJsonAsync<JsonElement>(path + "?from=2");
        json.GetProperty("lines").EnumerateArray().Select(line => $"{line.GetProperty("number")} {line.GetProperty("text")}").ShouldBe(["2 two"]);
        json.GetProperty("finished").GetBoolean().ShouldBeFalse();

        using var request = new HttpRequestMessage(HttpMethod.Get, path + "?follow=true") { Headers = { { "Accept", "text/plain" } } };
        using var answer = await test.Reviewer.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync()).ShouldBe("one");
        (await reader.ReadLineAsync()).ShouldBe("two");
        await logs.AppendAsync(attempt, 3, ["three"], CancellationToken.None);
        (await reader.ReadLineAsync()).ShouldBe("three");
        await test.FinishAttemptAsync(attempt);
        (await reader.ReadToEndAsync()).ShouldBeEmpty();

        using var events = new HttpRequestMessage(HttpMethod.Get, path + "?follow=true&from=3") { Headers = { { "Accept", "text/event-stream" } } };
        using var stream = await test.Reviewer.SendAsync(events);
        (await stream.Content.ReadAsStringAsync()).ShouldBe("id: 3\ndata: three\n\nevent: end\ndata: \n\n");
        using var none = await test.Reviewer.GetAsync($"releases/{id}/steps/review/log?attempt=99");
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
