using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Web.Tests.Api;

/// <summary>Approvals, hand-over, notes and freezes of a release by script: what each call does and what it refuses.</summary>
public sealed class ReviewApiTests
{
    [Theory, DatabaseData]
    public async Task Approvals_OfARelease_SayWhatIsAskedAndWhoSigned(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, ReviewPlaybook.Text);
        var id = await ReviewPlaybook.WaitingAsync(test);
        var asked = (await test.Reviewer.GetFromJsonAsync<JsonElement>($"releases/{id}/approvals")).EnumerateArray().ShouldHaveSingleItem();
        asked.GetProperty("step").GetString().ShouldBe("decide");
        asked.GetProperty("page").GetString().ShouldBe($"/releases/{id}/approve/decide");
        asked.GetProperty("missing").GetInt32().ShouldBe(1);
        asked.GetProperty("evidence").EnumerateArray().Select(item => item.GetProperty("name").GetString()).ShouldContain("commit");
        asked.GetProperty("requires").GetArrayLength().ShouldBe(1);
        var digest = asked.GetProperty("evidenceDigest").GetString()!;

        await StatusAsync(test.Reviewer.PostAsJsonAsync($"releases/{id}/steps/decide/approve", new { evidenceDigest = digest, comment = "fine" }), HttpStatusCode.OK);

        var signed = (await test.Maintainer.GetFromJsonAsync<JsonElement>($"releases/{id}/approvals"))[0];
        signed.GetProperty("missing").GetInt32().ShouldBe(0);
        signed.GetProperty("signatures")[0].GetProperty("signedBy")[0].GetString().ShouldBe("rita");
        signed.GetProperty("decisions")[0].GetProperty("comment").GetString().ShouldBe("fine");
        await StatusAsync(test.Reviewer.GetAsync($"releases/{Guid.Empty}/approvals"), HttpStatusCode.NotFound);
        using var nobody = test.Dashboard.OpenApi(null);
        await StatusAsync(nobody.GetAsync($"releases/{id}/approvals"), HttpStatusCode.Unauthorized);
    }

    [Theory, DatabaseData]
    public async Task Reject_WithItsReason_FailsTheStepAndIsRefusedWithoutOne(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, ReviewPlaybook.Text);
        var id = await ReviewPlaybook.WaitingAsync(test);
        var digest = (await test.WaitForStepAsync(id, "decide", "waitingForPerson")).GetProperty("approval").GetProperty("evidenceDigest").GetString()!;
        var path = $"releases/{id}/steps/decide/reject";

        await StatusAsync(test.Reviewer.PostAsJsonAsync(path, new { evidenceDigest = digest }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(test.Reviewer.PostAsJsonAsync(path, new { evidenceDigest = new string('0', 64), comment = "no" }), HttpStatusCode.Conflict);
        await StatusAsync(test.Maintainer.PostAsJsonAsync(path, new { evidenceDigest = digest, comment = "no" }), HttpStatusCode.Forbidden);
        await StatusAsync(test.Reviewer.PostAsJsonAsync(path, new { evidenceDigest = digest, comment = "The notes are wrong." }), HttpStatusCode.OK);

        var failed = await test.WaitForStepAsync(id, "decide", "failed");
        failed.GetProperty("approval").GetProperty("decisions")[0].GetProperty("verdict").GetString().ShouldBe("rejected");
    }

    [Theory, DatabaseData]
    public async Task Approve_ByAViewerOfTheGroup_IsAskedOfThemAndDone(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, ReviewPlaybook.Text.Replace("count: 1, role: reviewer, not_starter: true", "group: security", StringComparison.Ordinal));
        using var vera = test.Dashboard.OpenApi(await test.Dashboard.AddTokenAsync("vera", Roles.Viewer));
        var (groups, tokens) = (test.Dashboard.Get<Groups>(), test.Dashboard.Get<ApiTokens>());
        (await groups.CreateAsync(Actor.System, "security", null, CancellationToken.None)).Message.ShouldBe("");
        (await groups.AddMemberAsync(Actor.System, "security", "vera", CancellationToken.None)).Message.ShouldBe("");
        var id = await ReviewPlaybook.WaitingAsync(test);
        var judgement = new { evidenceDigest = (await test.WaitForStepAsync(id, "decide", "waitingForPerson")).GetProperty("approval").GetProperty("evidenceDigest").GetString()! };
        var path = $"releases/{id}/steps/decide/approve";

        (await AskedAsync(test.Reviewer)).ShouldBeEmpty();
        (await AskedAsync(vera)).ShouldBe(["decide"]);
        await StatusAsync(test.Reviewer.PostAsJsonAsync(path, judgement), HttpStatusCode.Forbidden);
        // A token that was made to read does not sign; one that was made to decide does.
        using (var refused = await vera.PostAsJsonAsync(path, judgement))
            (await refused.Content.ReadAsStringAsync()).ShouldContain("needs the scope \u0027decide\u0027");
        var token = await tokens.CreateAsync(Actor.System, new TokenRequest("vera", "signs", Roles.Viewer, TimeSpan.FromDays(1)) { Scopes = [Permission.Decide] }, CancellationToken.None);
        using var signer = test.Dashboard.OpenApi(token.Value.Text);
        await StatusAsync(signer.PostAsJsonAsync(path, judgement), HttpStatusCode.OK);
        await test.WaitForStepAsync(id, "decide", "succeeded");
    }

    private static async Task<List<string?>> AskedAsync(HttpClient api) =>
        [.. (await api.GetFromJsonAsync<JsonElement>("my-work")).GetProperty("asks").EnumerateArray().Select(ask => ask.GetProperty("step").GetString())];

    [Theory, DatabaseData]
    public async Task HandOver_ToAMaintainer_ChangesWhoLeadsAndIsRefusedToOthers(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, ReviewPlaybook.Text);
        var id = await ReviewPlaybook.WaitingAsync(test);
        await test.Dashboard.AddUserAsync("noah", Roles.Viewer | Roles.Maintainer);
        var path = $"releases/{id}/hand-over";

        await StatusAsync(test.Reviewer.PostAsJsonAsync(path, new { to = "noah", reason = "holidays" }), HttpStatusCode.Forbidden);
        await StatusAsync(test.Maintainer.PostAsJsonAsync(path, new { to = "noah" }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(test.Maintainer.PostAsJsonAsync(path, new { to = "rita", reason = "holidays" }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(test.Maintainer.PostAsJsonAsync(path, new { to = "nobody", reason = "holidays" }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(test.Maintainer.PostAsJsonAsync($"releases/{Guid.Empty}/hand-over", new { to = "noah", reason = "holidays" }), HttpStatusCode.NotFound);
        using var answer = await test.Maintainer.PostAsJsonAsync(path, new { to = "noah", reason = "holidays" });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var release = await answer.Content.ReadFromJsonAsync<JsonElement>();
        release.GetProperty("owner").GetString().ShouldBe("noah");
        // Who started it stays who started it, and so still may not approve.
        release.GetProperty("startedBy").GetString().ShouldBe("mia");
        await StatusAsync(test.Maintainer.PostAsJsonAsync(path, new { to = "noah", reason = "again" }), HttpStatusCode.Conflict);
    }

    [Theory, DatabaseData]
    public async Task Notes_Saved_HaveARevisionAndRefuseWhoHasNotSeenTheLast(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, ReviewPlaybook.Text);
        var id = await ReviewPlaybook.WaitingAsync(test);
        var path = $"releases/{id}/notes";
        (await test.Reviewer.GetFromJsonAsync<JsonElement>(path)).GetProperty("revision").GetInt32().ShouldBe(0);

        await StatusAsync(test.Reviewer.PutAsJsonAsync(path, new { text = "# New", revision = 0 }), HttpStatusCode.Forbidden);
        await StatusAsync(test.Maintainer.PutAsJsonAsync(path, new { text = "# New" }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(test.Maintainer.PutAsJsonAsync(path, new { text = "", revision = 0 }), HttpStatusCode.UnprocessableEntity);
        using var saved = await test.Maintainer.PutAsJsonAsync(path, new { text = "# New", revision = 0 });
        saved.StatusCode.ShouldBe(HttpStatusCode.OK, await saved.Content.ReadAsStringAsync());
        (await saved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("revision").GetInt32().ShouldBe(1);
        await StatusAsync(test.Maintainer.PutAsJsonAsync(path, new { text = "# Older", revision = 0 }), HttpStatusCode.Conflict);
        var read = await test.Reviewer.GetFromJsonAsync<JsonElement>(path);
        (read.GetProperty("text").GetString(), read.GetProperty("savedBy").GetString()).ShouldBe(("# New\n", "mia"));
        await StatusAsync(test.Maintainer.PutAsJsonAsync($"releases/{Guid.Empty}/notes", new { text = "x", revision = 0 }), HttpStatusCode.NotFound);
    }

    [Theory, DatabaseData]
    public async Task Freeze_OfAProject_IsMadeListedPassedAndLifted(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, ReviewPlaybook.Text);
        var id = await ReviewPlaybook.WaitingAsync(test);
        using var admin = test.Dashboard.OpenApi(await test.Dashboard.AddTokenAsync("ada", Roles.Viewer | Roles.Administrator));
        var now = test.Dashboard.Get<TimeProvider>().GetUtcNow();

        await StatusAsync(test.Reviewer.PostAsJsonAsync("freezes", new { project = "hello", reason = "fair" }), HttpStatusCode.Forbidden);
        await StatusAsync(test.Maintainer.PostAsJsonAsync("freezes", new { reason = "everything" }), HttpStatusCode.Forbidden);
        await StatusAsync(test.Maintainer.PostAsJsonAsync("freezes", new { project = "hello" }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(test.Maintainer.PostAsJsonAsync("freezes", new { project = "hello", reason = "fair", until = now.AddDays(-1) }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(test.Maintainer.PostAsJsonAsync("freezes", new { project = "none", reason = "fair" }), HttpStatusCode.NotFound);
        await StatusAsync(test.Maintainer.PostAsJsonAsync($"releases/{id}/override-freeze", new { comment = "urgent" }), HttpStatusCode.Forbidden);
        await StatusAsync(admin.PostAsJsonAsync($"releases/{id}/override-freeze", new { comment = "urgent" }), HttpStatusCode.Conflict);

        using var made = await test.Maintainer.PostAsJsonAsync("freezes", new { project = "hello", reason = "Trade fair." });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var freeze = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        made.Headers.Location!.OriginalString.ShouldBe($"/api/v1/freezes/{freeze}");
        foreach (var path in new[] { "freezes", "freezes?project=hello" })
        {
            var listed = (await test.Reviewer.GetFromJsonAsync<JsonElement>(path)).EnumerateArray().ShouldHaveSingleItem();
            (listed.GetProperty("reason").GetString(), listed.GetProperty("isInForce").GetBoolean(), listed.GetProperty("createdBy").GetString()).ShouldBe(("Trade fair.", true, "mia"));
        }
        await StatusAsync(test.Reviewer.GetAsync("freezes?project=none"), HttpStatusCode.NotFound);

        await StatusAsync(admin.PostAsJsonAsync($"releases/{id}/override-freeze", new { comment = " " }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(admin.PostAsJsonAsync($"releases/{id}/override-freeze", new { comment = "urgent" }), HttpStatusCode.NoContent);
        (await test.Reviewer.GetFromJsonAsync<JsonElement>($"releases/{id}")).GetProperty("freezes")[0].GetProperty("overriddenBy").GetString().ShouldBe("ada");
        await StatusAsync(test.Reviewer.PostAsJsonAsync($"freezes/{freeze}/lift", new { comment = "over" }), HttpStatusCode.Forbidden);
        await StatusAsync(test.Maintainer.PostAsJsonAsync($"freezes/{freeze}/lift", new { }), HttpStatusCode.UnprocessableEntity);
        await StatusAsync(test.Maintainer.PostAsJsonAsync($"freezes/{freeze}/lift", new { comment = "over" }), HttpStatusCode.NoContent);
        await StatusAsync(test.Maintainer.PostAsJsonAsync($"freezes/{freeze}/lift", new { comment = "over" }), HttpStatusCode.Conflict);
        await StatusAsync(test.Maintainer.PostAsJsonAsync($"freezes/{Guid.Empty}/lift", new { comment = "over" }), HttpStatusCode.NotFound);
        var lifted = (await test.Reviewer.GetFromJsonAsync<JsonElement>("freezes"))[0];
        (lifted.GetProperty("liftedBy").GetString(), lifted.GetProperty("liftReason").GetString()).ShouldBe(("mia", "over"));

        // What an administrator froze, a maintainer does not unlock.
        using var locked = await admin.PostAsJsonAsync("freezes", new { project = "hello", reason = "An incident." });
        var own = (await locked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await StatusAsync(test.Maintainer.PostAsJsonAsync($"freezes/{own}/lift", new { comment = "over" }), HttpStatusCode.Forbidden);
        await StatusAsync(admin.PostAsJsonAsync($"freezes/{own}/lift", new { comment = "over" }), HttpStatusCode.NoContent);
    }

    private static async Task StatusAsync(Task<HttpResponseMessage> call, HttpStatusCode expected)
    {
        using var answer = await call;
        answer.StatusCode.ShouldBe(expected, $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {await answer.Content.ReadAsStringAsync()}");
    }
}
