using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Core.Audit.Merkle;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Packs;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.Web.CommandLine;

namespace ReleaseDashboard.Web.Tests.Api;

/// <summary>What a script takes away to keep and to check: exports, checkpoints, proofs, the evidence of a release.</summary>
public sealed class AuditApiTests
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
              - { id: review, title: Review, kind: checklist, items: [{ id: one, text: Look at one }] }
              - { id: decide, title: Decide, kind: approval, inputs: { commit: 8c15f02e }, approval: { count: 1, role: reviewer, not_starter: true } }
        """;

    [Theory, DatabaseData]
    public async Task Export_BothFormats_HaveEveryEntryThatMatches(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, Playbook);
        var release = await PublishedAsync(test, comment: "=HYPERLINK(\"https://evil.example\")");
        using var jsonl = await test.Reviewer.GetAsync($"audit/export.jsonl?release={release}&action=comment.");
        jsonl.Content.Headers.ContentType!.MediaType.ShouldBe("application/jsonl");
        var entry = JsonDocument.Parse((await jsonl.Content.ReadAsStringAsync()).TrimEnd()).RootElement;
        entry.GetProperty("actor").GetString().ShouldBe("rita");
        entry.GetProperty("hash").GetString()!.Length.ShouldBe(64);
        var all = (await test.Reviewer.GetStringAsync("audit/export.csv")).TrimEnd().Split("\r\n");
        all[0].ShouldStartWith("sequence,at,actorKind,actor,action,project,");
        var count = (await test.Reviewer.GetFromJsonAsync<JsonElement>("audit?count=500")).GetArrayLength();
        all.Length.ShouldBe(count + 1);
        (await test.Reviewer.GetAsync("audit/export.xml")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, DatabaseData]
    public async Task Checkpoint_Taken_ProvesEntriesAndFindsARewrite(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, Playbook);
        await PublishedAsync(test, comment: "fine");
        using var admin = test.Dashboard.OpenApi(await test.Dashboard.AddTokenAsync("ada", Roles.Viewer | Roles.Administrator));
        using var signed = await admin.PostAsync("audit/checkpoints", null);
        var kept = await signed.Content.ReadAsStringAsync();
        signed.StatusCode.ShouldBe(HttpStatusCode.OK, kept);
        var checkpoint = SignedCheckpoint.Read(kept)!.Checkpoint;
        (await test.Reviewer.PostAsync("audit/checkpoints", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await test.Reviewer.GetFromJsonAsync<JsonElement>("audit/checkpoints")).EnumerateArray().Select(row => row.GetProperty("size").GetInt64()).ShouldContain(checkpoint.Size);
        (await test.Reviewer.GetStringAsync($"audit/checkpoints/{checkpoint.Size}")).ShouldBe(kept);
        (await test.Reviewer.GetAsync("audit/checkpoints/99999")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await test.Reviewer.GetAsync("audit/consistency?from=99999")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await test.Reviewer.GetStringAsync("audit/checkpoints.txt")).ShouldEndWith(kept);
        (await test.Reviewer.GetStringAsync("audit/keys.pem")).ShouldContain("BEGIN PUBLIC KEY");

        var proof = await test.Reviewer.GetFromJsonAsync<JsonElement>("audit/proof/2");
        var hash = (await test.Reviewer.GetFromJsonAsync<JsonElement>("audit?before=3&count=1"))[0].GetProperty("hash").GetString()!;
        MerkleProof.Includes(MerkleHash.Leaf(Hash256.Parse(hash)), 1, proof.GetProperty("size").GetInt64(), Path(proof), Hash256.Parse(proof.GetProperty("root").GetString()!)).ShouldBeTrue();
        var grown = await test.Reviewer.GetFromJsonAsync<JsonElement>("audit/consistency?from=3");
        MerkleProof.IsConsistent(3, Hash256.Parse(grown.GetProperty("fromRoot").GetString()!), grown.GetProperty("to").GetInt64(), Hash256.Parse(grown.GetProperty("toRoot").GetString()!), Path(grown)).ShouldBeTrue();
        (await test.Reviewer.GetAsync("audit/proof/99999")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await VerifyAsync(test.Reviewer, kept)).GetProperty("intact").GetBoolean().ShouldBeTrue();
        var forged = await VerifyAsync(test.Reviewer, kept.Replace("size: ", "size: 1", StringComparison.Ordinal));
        forged.GetProperty("findings")[0].GetProperty("kind").GetString().ShouldBe("checkpointForged");
    }

    [Theory, DatabaseData]
    public async Task Evidence_OfARelease_HoldsUntilAByteOfItChanges(DatabaseKind kind)
    {
        await using var test = await ApiTest.StartAsync(kind, Playbook);
        var release = await PublishedAsync(test, comment: "<script>alert(1)</script>");
        var keys = test.Dashboard.Get<CheckpointKeys>();
        var json = await test.Reviewer.GetStringAsync($"releases/{release}/evidence.json");
        var html = await test.Reviewer.GetStringAsync($"releases/{release}/evidence.html");
        html.ShouldNotContain("<script");
        html.ShouldNotContain("http-equiv=\"refresh\"");
        foreach (var text in new[] { json, html })
        {
            var verdict = EvidenceCheck.Run(text, keys.Public());
            verdict.Faults.ShouldBeEmpty();
            verdict.Holds.ShouldBeTrue();
            verdict.Pack!.Audit.Count.ShouldBeGreaterThan(4);
            verdict.Pack.Stages.SelectMany(stage => stage.Steps).Single(step => step.Key == "decide").Decisions.Single().By.ShouldBe("rita");
            EvidenceCheck.Run(text, new Dictionary<string, string>()).ShouldSatisfyAllConditions(other => other.Faults.ShouldBeEmpty(), other => other.Holds.ShouldBeFalse());
        }
        foreach (var (old, changed) in new[] { ("8c15f02e", "9c15f02e"), ("\"rita\"", "\"mona\""), ("step.succeed", "step.skip"), ("size: ", "size: 1"), ("\"path\": [", "\"path\": [ \"00\",") })
        {
            json.ShouldContain(old);
            EvidenceCheck.Run(json.Replace(old, changed, StringComparison.Ordinal), keys.Public()).Faults.ShouldNotBeEmpty(old);
        }
        EvidenceCheck.Run("{}", keys.Public()).Faults.ShouldBe(["The file is no evidence pack."]);

        var file = System.IO.Path.Combine(test.Dashboard.Database.DataFolder, "evidence.html");
        await File.WriteAllTextAsync(file, html);
        (await RunAsync("audit", "verify-pack", file, "--data", test.Dashboard.Database.DataFolder)).ShouldContain("The evidence holds.");
        (await test.Reviewer.GetAsync($"releases/{Guid.Empty}/evidence.json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await test.Reviewer.GetAsync($"releases/{release}/evidence.pdf")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Audit_WithoutAnyRole_IsRefusedEverywhere()
    {
        await using var test = await ApiTest.StartAsync(DatabaseKind.Sqlite, Playbook);
        await PublishedAsync(test, comment: "fine");
        using var stranger = test.Dashboard.OpenApi(await test.Dashboard.AddTokenAsync("sam", Roles.Viewer));
        await test.Dashboard.Database.Ledger.AppendAsync(
            db => db.Users.Where(user => user.Name == "sam").ExecuteUpdateAsync(set => set.SetProperty(user => user.Roles, Roles.None)), CancellationToken.None);
        foreach (var path in new[] { "audit", "audit?project=hello", "audit/export.jsonl" })
            (await stranger.GetStringAsync(path)).ShouldBeOneOf("[]", "");
        foreach (var path in new[] { "audit/verify", "audit/checkpoints", "audit/checkpoints.txt", "audit/keys.pem", "audit/proof/1", "audit/consistency?from=1" })
            (await stranger.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
    }

    /// <summary>A release whose list is ticked and that rita has approved, with a remark of hers.</summary>
    private static async Task<Guid> PublishedAsync(ApiTest test, string comment)
    {
        await test.Maintainer.PostAsJsonAsync("projects", test.NewProject());
        using var started = await test.Maintainer.PostAsJsonAsync("releases", new { project = "hello", version = "1.12.0", playbook = "people" });
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await test.WaitForStepAsync(id, "review", "waitingForPerson");
        await test.Maintainer.PostAsJsonAsync($"releases/{id}/steps/review/complete", new { items = new[] { "one" } });
        var decide = await test.WaitForStepAsync(id, "decide", "waitingForPerson");
        await test.Reviewer.PostAsJsonAsync($"releases/{id}/steps/decide/comment", new { comment });
        var digest = decide.GetProperty("approval").GetProperty("evidenceDigest").GetString()!;
        await test.Reviewer.PostAsJsonAsync($"releases/{id}/steps/decide/approve", new { evidenceDigest = digest, comment = "ok" });
        await test.WaitForStepAsync(id, "decide", "succeeded");
        return id;
    }

    private static async Task<JsonElement> VerifyAsync(HttpClient http, string checkpoints)
    {
        using var content = new StringContent(checkpoints, Encoding.UTF8, "text/plain");
        using var answer = await http.PostAsync("audit/verify", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static List<Hash256> Path(JsonElement proof) => [.. proof.GetProperty("path").EnumerateArray().Select(hash => Hash256.Parse(hash.GetString()!))];

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ReleaseCommandLine).Assembly.Location, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output);
        return output;
    }
}
