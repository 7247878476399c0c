using System.Net.Http.Json;
using System.Text.Json;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Tests.GitHub;
using ReleaseDashboard.Infrastructure.Tests.Preparation;
using ReleaseDashboard.Sandbox.Identity;

namespace ReleaseDashboard.Infrastructure.Tests.Approvals;

/// <summary>Authors are known by git and by GitHub, or they are unknown.</summary>
public sealed class ReleaseAuthorsTests
{
    private const string LastVersion = "1.1.3";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_SinceTheLastVersion_NamesLogins()
    {
        await using var world = await PreparationWorld.StartAsync();
        var head = await world.PushAsync("dev", "notes.txt", _ => "new");
        var authors = (await FindAsync(world, head.Value, LastVersion)).Value;
        authors.ShouldContain(new CommitAuthor("Mara Maintainer", Personas.Maintainer.Email, Personas.Maintainer.Login));
    }

    [Fact]
    public async Task Find_FirstRelease_NamesTheAuthorsOfAllCommitsWithLogins()
    {
        await using var world = await PreparationWorld.StartAsync();
        var head = await world.PushAsync("dev", "notes.txt", _ => "new");
        var since = (await FindAsync(world, head.Value, LastVersion)).Value;
        var all = (await FindAsync(world, head.Value, null)).Value;
        all.ShouldContain(author => author.Login == Personas.Maintainer.Login);
        since.ShouldBeSubsetOf(all);
    }

    [Fact]
    public async Task Find_GitHubDoesNotAnswer_TheAuthorsAreUnknown()
    {
        await using var world = await PreparationWorld.StartAsync();
        var head = await world.PushAsync("dev", "notes.txt", _ => "new");
        await using var github = (await ScriptedGitHub.StartAsync()).Then(403, """{"message":"Forbidden"}""");
        foreach (var last in new[] { LastVersion, null })
        {
            var error = (await FindAsync(world, head.Value, last, github.Address)).Error.ShouldNotBeNull();
            error.Code.ShouldBe("authors-unknown");
            error.Why.ShouldStartWith("GitHub does not name the authors");
            error.WhatToDo.ShouldContain("nobody can decide");
        }
    }

    [Fact]
    public async Task Find_GitHubTellsLessThanGit_TheAuthorsAreUnknown()
    {
        await using var world = await PreparationWorld.StartAsync();
        var head = await world.PushAsync("dev", "notes.txt", _ => "new");
        await using var github = (await ScriptedGitHub.StartAsync()).Then(200, Page(head.Value));
        (await FindAsync(world, head.Value, LastVersion, github.Address)).Error!.Why.ShouldStartWith("GitHub does not say whose commit");
    }

    [Fact]
    public async Task CommitsBetween_OnSeveralPages_ReadsThemAll()
    {
        await using var github = await ScriptedGitHub.StartAsync();
        github.Then(200, Page("a"), ("Link", $"<{github.Address}api/v3/next?page=2>; rel=\"next\"")).Then(200, Page("b"));
        var commits = await github.Client().CommitsBetweenAsync(Infrastructure.GitHub.RepositoryName.Parse("octo/demo"), Core.Git.TagName.Parse("1.0"), Core.Git.CommitSha.Parse(new string('1', 40)), Stop);
        commits.Value.Select(commit => commit.Sha).ShouldBe(["a", "b"]);
        github.Seen[0].Path.ShouldEndWith("per_page=100");
    }

    [Fact]
    public async Task Sandbox_ComparisonAskedForInPages_GivesEachCommitOnce()
    {
        await using var world = await PreparationWorld.StartAsync();
        await world.PushAsync("dev", "notes.txt", _ => "one");
        var head = await world.PushAsync("dev", "notes.txt", _ => "two");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", Personas.Maintainer.Token);
        var address = $"{world.Address}/api/v3/repos/example/hello-wrapper/compare/{LastVersion}...{head}";
        var all = Shas(await http.GetFromJsonAsync<JsonElement>(address, Stop));
        all.Count.ShouldBeGreaterThan(1);
        var paged = new List<string>();
        for (var page = 1; page <= all.Count; page++)
            paged.AddRange(Shas(await http.GetFromJsonAsync<JsonElement>($"{address}?per_page=1&page={page}", Stop)));
        paged.ShouldBe(all);
    }

    private static List<string> Shas(JsonElement comparison) => [.. comparison.GetProperty("commits").EnumerateArray().Select(commit => commit.GetProperty("sha").GetString()!)];

    private static string Page(string sha) =>
        $$$"""{"status":"ahead","ahead_by":2,"behind_by":0,"total_commits":2,"commits":[{"sha":"{{{sha}}}","commit":{"message":"m"},"author":{"login":"ada","id":1}}]}""";

    private static Task<Result<IReadOnlyList<CommitAuthor>, StepError>> FindAsync(PreparationWorld world, string commit, string? last, string? github = null)
    {
        var project = github is null ? world.Project : world.Project with { Settings = world.Project.Settings with { GitHubApi = $"{github}api/v3/" } };
        var facts = new ReleaseFacts(Guid.CreateVersion7(), PythonVersion.Parse("1.2.0"), "maintainer", TimeProvider.System.GetUtcNow(), commit, last, project);
        return world.Get<ReleaseAuthors>().FindAsync(facts, commit, Stop);
    }
}
