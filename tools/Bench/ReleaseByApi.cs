using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ReleaseDashboard.Bench;

/// <summary>Releases the demo project through the API. What people do is answered as soon as it is asked.</summary>
internal sealed class ReleaseByApi(SandboxedProduct product)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // What these take is up to people and to the simulated checks, not to the engine or the commands.
    private static readonly string[] Waiting = ["review", "checks", "wait-review", "approve"];

    /// <returns>Milliseconds from the first step to the end by the ledger, the engine's own time between steps included, waiting left out.</returns>
    public async Task<double> RunAsync()
    {
        using var maintainer = Client(await product.TokenAsync("maintainer"));
        using var reviewer = Client(await product.TokenAsync("reviewer"));
        using var started = await maintainer.PostAsJsonAsync("releases", new { project = "hello-wrapper", version = "1.2.0", playbook = "wrapper" });
        var id = (await ReadAsync(started))!.Id;
        var reviewed = false;
        while (true)
        {
            var release = (await maintainer.GetFromJsonAsync<Release>($"releases/{id}", Json))!;
            if (release.Status == "published")
                return Automated(release);
            if (release.Status is "failed" or "aborted")
                throw new InvalidOperationException($"The release {release.Status}: {release.Steps.FirstOrDefault(step => step.Error is not null)?.Error?.What}");
            var steps = release.Steps.ToDictionary(step => step.Key);
            if (steps["review"].Status == "waitingForPerson")
                await PostAsync(maintainer, $"releases/{id}/steps/review/complete", new { items = steps["review"].Items.Select(item => item.Id) });
            if (steps["wait-review"].Status == "waitingOutside" && !reviewed)
            {
                await ReviewAsync(steps["pull-request"].Evidence!.Items.First(item => item.Name == "number").Value);
                reviewed = true;
            }
            if (steps["approve"] is { Status: "waitingForPerson", Approval.EvidenceDigest: { Length: > 0 } digest })
                await PostAsync(reviewer, $"releases/{id}/steps/approve/approve", new { evidenceDigest = digest });
            await Task.Delay(Pause);
        }
    }

    private static double Automated(Release release)
    {
        var whole = release.Steps.Max(step => step.FinishedAt) - release.Steps.Min(step => step.StartedAt);
        var waited = release.Steps.Where(step => Waiting.Contains(step.Key)).Sum(step => (step.FinishedAt - step.StartedAt)!.Value.TotalMilliseconds);
        return whole!.Value.TotalMilliseconds - waited;
    }

    private async Task ReviewAsync(string pullRequest)
    {
        using var client = new HttpClient { BaseAddress = product.Sandbox };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sandbox-reviewer-token");
        await PostAsync(client, $"/api/v3/repos/example/hello-wrapper/pulls/{pullRequest}/reviews", new { @event = "APPROVE" });
    }

    private HttpClient Client(string token)
    {
        var client = new HttpClient { BaseAddress = new Uri(product.Address, "/api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        // A step may have moved on between looking and answering; what matters shows at the next look.
        if (!answer.IsSuccessStatusCode && answer.StatusCode != System.Net.HttpStatusCode.Conflict)
            throw new InvalidOperationException($"{path}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task<Release?> ReadAsync(HttpResponseMessage answer) => answer.IsSuccessStatusCode
        ? await answer.Content.ReadFromJsonAsync<Release>(Json)
        : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());

    private sealed record Release(Guid Id, string Status, IReadOnlyList<Stage> Stages)
    {
        public IEnumerable<Step> Steps => Stages.SelectMany(stage => stage.Steps);
    }

    private sealed record Stage(IReadOnlyList<Step> Steps);

    private sealed record Step(
        string Key, string Status, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, Proof? Evidence, Fault? Error, Approval? Approval, IReadOnlyList<Item> Items);

    private sealed record Proof(IReadOnlyList<ProofItem> Items);

    private sealed record ProofItem(string Name, string Value);

    private sealed record Fault(string What);

    private sealed record Approval(string? EvidenceDigest);

    private sealed record Item(string Id);
}
