using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ReleaseDashboard.EndToEnd.Tests.Product;

/// <summary>A maintainer and a reviewer at work through the API: start, tick, review, approve, retry, abort.</summary>
internal sealed class ReleaseDriver : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient maintainer;
    private readonly HttpClient reviewer;
    private readonly HashSet<(Guid, string)> reviewed = [];

    private ReleaseDriver(ProductProcess product, string maintainerToken, string reviewerToken)
    {
        (Product, Tokens) = (product, [maintainerToken, reviewerToken]);
        Sandbox = new SandboxClient(product.Sandbox);
        (maintainer, reviewer) = (Client(product, maintainerToken), Client(product, reviewerToken));
    }

    public ProductProcess Product { get; }

    public SandboxClient Sandbox { get; }

    /// <summary>The API tokens, which nobody else may see.</summary>
    public IReadOnlyList<string> Tokens { get; }

    public HttpClient Maintainer => maintainer;

    public HttpClient Reviewer => reviewer;

    public static async Task<ReleaseDriver> CreateAsync(ProductProcess product) =>
        new(product, await TokenAsync(product, "maintainer"), await TokenAsync(product, "reviewer"));

    /// <summary>Another person at the API.</summary>
    public async Task<HttpClient> OpenAsync(string user) => Client(Product, await TokenAsync(Product, user));

    /// <param name="who">Who starts it; the maintainer without it.</param>
    /// <param name="playbook">Null leaves the choice to the product.</param>
    public async Task<ReleaseAnswer> StartAsync(string project, string version, HttpClient? who = null, string? playbook = "wrapper")
    {
        using var answer = await (who ?? maintainer).PostAsJsonAsync("releases", new { project, version, playbook });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<ReleaseAnswer>(Json))!;
    }

    /// <summary>A call that has to be refused.</summary>
    public static async Task<ProblemAnswer> RefusedAsync(HttpClient who, string path, object body)
    {
        using var answer = await who.PostAsJsonAsync(path, body);
        answer.IsSuccessStatusCode.ShouldBeFalse($"{path} was not refused.");
        return (await answer.Content.ReadFromJsonAsync<ProblemAnswer>(Json))!;
    }

    public async Task<ReleaseAnswer> FindAsync(Guid id) => (await maintainer.GetFromJsonAsync<ReleaseAnswer>($"releases/{id}", Json))!;

    /// <summary>The log of a step's last attempt.</summary>
    public async Task<string> LogAsync(Guid id, string step)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"releases/{id}/steps/{step}/log");
        request.Headers.Accept.ParseAdd("text/plain");
        using var answer = await maintainer.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task DoAsync(HttpClient who, Guid id, string step, string action, object body)
    {
        using var answer = await who.PostAsJsonAsync($"releases/{id}/steps/{step}/{action}", body);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{action} {step}: {await answer.Content.ReadAsStringAsync()}");
    }

    public Task RetryAsync(Guid id, string step) => DoAsync(maintainer, id, step, "retry", new { });

    public async Task AbortAsync(Guid id)
    {
        using var answer = await maintainer.PostAsJsonAsync($"releases/{id}/abort", new { comment = "the test ends it" });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Does what people have to do until the release is published.</summary>
    public Task<ReleaseAnswer> PublishAsync(Guid id) => DriveAsync(id, release => release.Status == "published", "it is published");

    /// <summary>Does what people have to do until a step has stopped the release.</summary>
    public async Task<StepAnswer> StoppedAsync(Guid id, string step)
    {
        var release = await DriveAsync(id, release => release.Status == "failed", $"{step} stops it");
        release[step].Error.ShouldNotBeNull(release.ToString());
        return release[step];
    }

    /// <summary>Does what people have to do until a condition holds. Null when the product ended on the way.</summary>
    public async Task<ReleaseAnswer?> TryDriveAsync(Guid id, Func<ReleaseAnswer, bool> until, string what)
    {
        ReleaseAnswer? last = null;
        var done = await Deadline.UntilAsync<Driven>(
            async () =>
            {
                try
                {
                    last = await FindAsync(id);
                    if (until(last))
                        return new Driven(last);
                    if (last.Status is "failed" or "aborted" or "published")
                        throw new InvalidOperationException($"Waited until {what}, but it is {last}\n{Product.Log}");
                    await ServeAsync(last);
                    return null;
                }
                catch (HttpRequestException)
                {
                    return Product.IsRunning ? null : new Driven(null);
                }
            },
            () => $"{what}: {last}\n{Product.Log}");
        return done.Release;
    }

    public async Task<ReleaseAnswer> DriveAsync(Guid id, Func<ReleaseAnswer, bool> until, string what) =>
        (await TryDriveAsync(id, until, what)).ShouldNotBeNull($"The product ended before {what}.\n{Product.Log}");

    public void Dispose()
    {
        maintainer.Dispose();
        reviewer.Dispose();
        Sandbox.Dispose();
    }

    /// <summary>What the people named by a release's steps do now.</summary>
    private async Task ServeAsync(ReleaseAnswer release)
    {
        var steps = release.Steps.ToDictionary(step => step.Key);
        if (steps.GetValueOrDefault("review") is { Status: "waitingForPerson" } list && list.Items.Any(item => item.TickedBy is null))
            await DoAsync(maintainer, release.Id, "review", "complete", new { items = list.Items.Where(item => item.TickedBy is null).Select(item => item.Id) });
        if (steps.GetValueOrDefault("wait-review") is { Status: "waitingOutside" } && steps["pull-request"]["number"] is { } number && !reviewed.Contains((release.Id, number)))
        {
            await Sandbox.ApproveReviewAsync(await RepositoryAsync(release.Id), number);
            reviewed.Add((release.Id, number));
        }
        foreach (var step in HoldApproval ? [] : release.Steps)
        {
            if (step is { Status: "waitingForPerson", Approval: { Missing: > 0, EvidenceDigest: { Length: > 0 } digest } })
                await DoAsync(reviewer, release.Id, step.Key, "approve", new { evidenceDigest = digest });
        }
    }

    /// <summary>Leaves the approval to the test.</summary>
    public bool HoldApproval { get; set; }

    private static async Task<string> TokenAsync(ProductProcess product, string user) =>
        (await product.RunAsync("token", "create", "--user", user, "--name", "test")).Ok();

    private static HttpClient Client(ProductProcess product, string token)
    {
        var client = new HttpClient { BaseAddress = new Uri(product.Address, "/api/v1/"), Timeout = Deadline.Usual };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private async Task<string> RepositoryAsync(Guid id) =>
        (await maintainer.GetFromJsonAsync<JsonElement>($"releases/{id}")).GetProperty("repository").GetString()!;

    private sealed record Driven(ReleaseAnswer? Release);
}
