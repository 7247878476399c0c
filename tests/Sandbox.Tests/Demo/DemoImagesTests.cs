using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.Demo;
using ReleaseDashboard.Sandbox.Registries;
using ReleaseDashboard.Sandbox.State;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Demo;

public sealed class DemoImagesTests : IAsyncLifetime
{
    private const string Api = "/api/v3/repos/example/hello-images";
    private RunningSandbox sandbox = null!;

    private ImageRegistry Preproduction => sandbox.Application.Registries.Preproduction;

    private ImageRegistry Production => sandbox.Application.Registries.Production;

    private SandboxRepository Repository => sandbox.Application.Repositories.Find("example", DemoImages.Name)!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await RunningSandbox.StartAsync(withDemo: true);
        sandbox.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sandbox-maintainer-token");
    }

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public void Images_OfTheLastRelease_AreInBothRegistriesForEveryPlatform()
    {
        foreach (var (variant, _) in DemoImages.Variants)
        {
            var image = Production.FindManifest(DemoImages.Images, $"3.3.3-{variant}")!;
            Preproduction.FindManifest(DemoImages.Images, $"3.3.3-{variant}")!.Digest.ShouldBe(image.Digest);
            Production.FindManifest(DemoImages.Images, variant)!.Digest.ShouldBe(image.Digest);
            JsonNode.Parse(image.Content)!["manifests"]!.AsArray().Count.ShouldBe(2);
        }

        Production.FindManifest(DemoImages.Images, "latest")!.Digest.ShouldBe(Production.FindManifest(DemoImages.Images, "debian")!.Digest);
        sandbox.Application.Effects.Read().ShouldBeEmpty();
    }

    [Fact]
    public async Task Images_OnAnotherMachine_AreTheSameBytes()
    {
        await using var other = await RunningSandbox.StartAsync(withDemo: true);

        foreach (var tag in Production.Tags(DemoImages.Images)!)
            other.Application.Registries.Production.FindManifest(DemoImages.Images, tag)!.Digest.ShouldBe(Production.FindManifest(DemoImages.Images, tag)!.Digest);
    }

    [Fact]
    public async Task Create_AfterATagWasMoved_LeavesItThere()
    {
        var alpine = Production.FindManifest(DemoImages.Images, "alpine")!;
        await Production.PutManifestAsync(DemoImages.Images, "debian", alpine.MediaType, alpine.Content, "somebody");

        await sandbox.RestartAsync();
        await sandbox.Application.Services.GetRequiredService<DemoProject>().CreateAsync();

        Production.FindManifest(DemoImages.Images, "debian")!.Digest.ShouldBe(alpine.Digest);
    }

    [Fact]
    public async Task Release_FromPullRequestToTag_BringsItsImagesToProductionInSeconds()
    {
        var (status, pull) = await SendAsync("POST", "/pulls", new { title = "Release 3.4.0", head = "dev", @base = "main" });
        status.ShouldBe(201);
        var head = pull["head"]!["sha"]!.GetValue<string>();
        var built = await CompletedAsync("pre-release.yml");
        (built["conclusion"]!.GetValue<string>(), built["head_sha"]!.GetValue<string>()).ShouldBe(("success", head));
        (DateTimeOffset.Parse(built["updated_at"]!.GetValue<string>()) - DateTimeOffset.Parse(built["created_at"]!.GetValue<string>()))
            .ShouldBeLessThan(TimeSpan.FromSeconds(15), "a demo is fun while it is quick; idle it takes about four");
        Preproduction.Tags(DemoImages.Images)!.ShouldContain("3.4.0-tools");
        Production.Tags(DemoImages.Images)!.ShouldNotContain("3.4.0-tools");

        (await SendAsync("PUT", $"/pulls/{pull["number"]}/merge", new { sha = head })).Status.ShouldBe(200);
        var merged = (await Repository.Git.RefAsync("refs/heads/main"))!.Sha;
        (await SendAsync("POST", "/git/refs", new { @ref = "refs/tags/3.4.0", sha = merged })).Status.ShouldBe(201);

        (await CompletedAsync("release.yml"))["conclusion"]!.GetValue<string>().ShouldBe("success");
        foreach (var (variant, _) in DemoImages.Variants)
            Production.FindManifest(DemoImages.Images, $"3.4.0-{variant}")!.Digest.ShouldBe(Preproduction.FindManifest(DemoImages.Images, $"3.4.0-{variant}")!.Digest);
        Production.FindManifest(DemoImages.Images, "latest")!.Digest.ShouldBe(Preproduction.FindManifest(DemoImages.Images, "3.4.0-debian")!.Digest);
    }

    private async Task<(int Status, JsonNode Body)> SendAsync(string method, string path, object body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Api + path) { Content = JsonContent.Create(body) };
        using var answer = await sandbox.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!);
    }

    private async Task<JsonNode> CompletedAsync(string workflow)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var runs = (await sandbox.Client.GetFromJsonAsync<JsonNode>($"{Api}/actions/workflows/{workflow}/runs", deadline.Token))!["workflow_runs"]!.AsArray();
            if (runs is [{ } run] && run["status"]!.GetValue<string>() == "completed")
                return run;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }
}
