using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Sandbox.Identity;

namespace ReleaseDashboard.Browser.Tests.WrapperRelease;

/// <summary>The simulated GitHub and indexes, asked over HTTP like any client, and told how to behave.</summary>
internal sealed class SandboxView(Uri address, string project) : IDisposable
{
    private string Repository => $"api/v3/repos/example/{project}";

    private readonly HttpClient _client = new()
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Personas.Lead.Token), UserAgent = { new("tests", "1") } },
    };

    public Uri Address => address;

    public Uri ProductionIndex { get; } = new(address, "/indexes/production/simple/");

    public static async Task<SandboxView> OfAsync(RunningDashboard dashboard, string project = "hello-wrapper")
    {
        var found = await dashboard.Get<ProjectQueries>().FindAsync(project, CancellationToken.None);
        return new SandboxView(new Uri(new Uri(found!.Settings.WebUrl).GetLeftPart(UriPartial.Authority)), project);
    }

    /// <summary>The commit a branch or a tag leads to, and that commit's parents.</summary>
    public async Task<(string Sha, IReadOnlyList<string> Parents)> CommitAsync(string name)
    {
        var commit = await ReadAsync($"{Repository}/commits/{name}");
        return (commit.GetProperty("sha").GetString()!, [.. commit.GetProperty("parents").EnumerateArray().Select(parent => parent.GetProperty("sha").GetString()!)]);
    }

    public Task<JsonElement> PullRequestsAsync() => ReadAsync($"{Repository}/pulls?state=all");

    /// <summary>The message of an annotated tag.</summary>
    public async Task<string> TagMessageAsync(string tag)
    {
        var found = (await ReadAsync($"{Repository}/git/ref/tags/{tag}")).GetProperty("object");
        found.GetProperty("type").GetString().ShouldBe("tag");
        return (await ReadAsync($"{Repository}/git/tags/{found.GetProperty("sha").GetString()}")).GetProperty("message").GetString()!;
    }

    /// <summary>How jobs of workflows go from now on.</summary>
    public async Task SetWorkflowsAsync(params object[] rules)
    {
        using var answer = await _client.PostAsJsonAsync("sandbox/workflows", rules);
        answer.EnsureSuccessStatusCode();
    }

    public Task<JsonElement> ReleaseAsync(string tag) => ReadAsync($"{Repository}/releases/tags/{tag}");

    public Task<JsonElement> LatestReleaseAsync() => ReadAsync($"{Repository}/releases/latest");

    public async Task<string> FileAsync(string path, string branch)
    {
        var file = await ReadAsync($"{Repository}/contents/{path}?ref={branch}");
        return Encoding.UTF8.GetString(Convert.FromBase64String(file.GetProperty("content").GetString()!));
    }

    /// <summary>The SHA-256 that the production index tells for the only file of a version.</summary>
    public async Task<string> PublishedHashAsync(string version) =>
        (await ReadAsync($"indexes/production/pypi/hello-wrapper/{version}/json")).GetProperty("urls").EnumerateArray().ShouldHaveSingleItem()
            .GetProperty("digests").GetProperty("sha256").GetString()!;

    /// <summary>Checks of pull requests from now on.</summary>
    public async Task SetChecksAsync(params object[] checks)
    {
        using var answer = await _client.PostAsJsonAsync("sandbox/checks", checks);
        answer.EnsureSuccessStatusCode();
    }

    public async Task RunChecksAgainAsync(string sha)
    {
        using var answer = await _client.PostAsJsonAsync("sandbox/checks/rerun", new { repository = "example/hello-wrapper", sha });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The next read of this path is answered late.</summary>
    public async Task DelayOnceAsync(string path, TimeSpan delay)
    {
        using var answer = await _client.PostAsJsonAsync("sandbox/faults", new { kind = "latency", method = "GET", path, times = 1, delay_milliseconds = (int)delay.TotalMilliseconds });
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> ReadAsync(string path) => await _client.GetFromJsonAsync<JsonElement>(path);
}
