using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseDashboard.EndToEnd.Tests.Product;

/// <summary>The simulated services as their users and their controls see them.</summary>
internal sealed class SandboxClient(Uri address) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient client = new() { BaseAddress = address, Timeout = Deadline.Usual };

    public Uri Address => address;

    public async Task<Effects> EffectsAsync() => new((await client.GetFromJsonAsync<List<Effect>>("/sandbox/effects", Json))!);

    /// <summary>Puts a fault in force.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> FaultAsync(object rule) => (await SendAsync(HttpMethod.Post, "/sandbox/faults", rule))!["id"]!.GetValue<string>();

    public Task RemoveFaultAsync(string id) => SendAsync(HttpMethod.Delete, $"/sandbox/faults/{id}");

    public Task RemoveFaultsAsync() => SendAsync(HttpMethod.Delete, "/sandbox/faults");

    /// <summary>How often a fault has harmed a request.</summary>
    public async Task<int> AppliedAsync(string id) =>
        (await GetAsync("/sandbox/faults")).AsArray().Single(state => state!["rule"]!["id"]!.GetValue<string>() == id)!["applied"]!.GetValue<int>();

    public Task ChecksAsync(object checks) => SendAsync(HttpMethod.Post, "/sandbox/checks", checks);

    public Task UsualChecksAsync() => SendAsync(HttpMethod.Delete, "/sandbox/checks");

    public Task RerunChecksAsync(string repository, string sha) => SendAsync(HttpMethod.Post, "/sandbox/checks/rerun", new { repository, sha });

    public Task ApproveReviewAsync(string repository, string number) =>
        SendAsync(HttpMethod.Post, $"/api/v3/repos/{repository}/pulls/{number}/reviews", new { @event = "APPROVE" }, "sandbox-reviewer-token");

    public async Task<JsonNode> GetAsync(string path) => (await SendAsync(HttpMethod.Get, path))!;

    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, object? body = null, string token = "sandbox-maintainer-token")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    /// <summary>What git says about the repository, as a clone would see it.</summary>
    public async Task<string> GitAsync(string folder, string repository, params string[] arguments)
    {
        var clone = Path.Combine(folder, "look-" + repository.Replace('/', '-'));
        if (!Directory.Exists(clone))
            (await Tool.RunAsync(folder, "git", "clone", "--quiet", "--mirror", $"{address.GetLeftPart(UriPartial.Authority)}/{repository}.git", clone)).Ok();
        (await Tool.RunAsync(clone, "git", "fetch", "--quiet", "--prune", "--tags", "--force", "origin")).Ok();
        return (await Tool.RunAsync(clone, "git", arguments)).Ok();
    }

    public void Dispose() => client.Dispose();
}
