using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.GitHub.Checks;
using ReleaseDashboard.Sandbox.GitHub.Releases;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Pages;

/// <summary>Plain pages behind the links of answers, so that a person can look at what a rehearsal made.</summary>
internal static class PageEndpoints
{
    internal static void MapPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/{owner}/{repo}", (string owner, string repo, SandboxRepositories all) => Show(all, owner, repo, RepositoryPageAsync));
        app.MapGet("/{owner}/{repo}/pull/{number:int}", (string owner, string repo, int number, SandboxRepositories all) => Show(
            all, owner, repo, found => Task.FromResult(found.State.Pulls.FirstOrDefault(pull => pull.Number == number) is { } pull ? Pull(found, pull) : null)));
        app.MapGet("/{owner}/{repo}/releases/tag/{**tag}", (string owner, string repo, string tag, SandboxRepositories all) => Show(
            all, owner, repo, found => Task.FromResult(found.State.Releases.FirstOrDefault(release => ReleaseAnswer.PageTag(release) == tag) is { } release ? Release(found, release) : null)));
        app.MapGet("/{owner}/{repo}/commit/{sha}", (string owner, string repo, string sha, SandboxRepositories all) => Show(
            all, owner, repo, found => CommitAsync(found, sha)));
    }

    private static async Task<IResult> Show(SandboxRepositories all, string owner, string repo, Func<SandboxRepository, Task<Page?>> make) =>
        all.Find(owner, repo) is { } repository && await make(repository) is { } page ? page.Answer() : Results.NotFound();

    private static async Task<Page?> RepositoryPageAsync(SandboxRepository repository)
    {
        var refs = await repository.Git.RefsAsync("refs/heads", "refs/tags");
        return new Page(repository.FullName)
            .Link("Simulated GitHub", null)
            .List("Refs", refs.Select(found => ($"{found.Name} {found.Commit[..10]}", (string?)$"/{repository.FullName}/commit/{found.Commit}")))
            .List("Pull requests", repository.State.Pulls.Select(pull => ($"#{pull.Number} {pull.Title}", (string?)$"/{repository.FullName}/pull/{pull.Number}")))
            .List("Releases", repository.State.Releases.Select(release =>
                ($"{release.Tag}{(release.Draft ? " (draft)" : "")}", (string?)$"/{repository.FullName}/releases/tag/{ReleaseAnswer.PageTag(release)}")));
    }

    private static Page Pull(SandboxRepository repository, PullRequest pull) => new Page($"#{pull.Number} {pull.Title}")
        .Link(repository.FullName, "/" + repository.FullName)
        .Text($"{(pull.MergedAt is not null ? "Merged" : pull.Open ? "Open" : "Closed")}: {pull.Author} wants {pull.Head} in {pull.Base}")
        .Link($"Head {pull.HeadSha}", $"/{repository.FullName}/commit/{pull.HeadSha}")
        .Block(pull.Body)
        .List("Checks", CheckSummary.Latest(repository.State, pull.HeadSha).Select(run => ($"{run.Name}: {run.Conclusion ?? run.Status}", (string?)null)))
        .List("Reviews", pull.Reviews.Select(review => ($"{review.Author}: {review.State} {review.Commit[..10]} {review.Body}", (string?)null)))
        .ReviewForm(repository, pull);

    private static Page Release(SandboxRepository repository, Release release) => new Page(release.Name ?? release.Tag)
        .Link(repository.FullName, "/" + repository.FullName)
        .Text($"{(release.Draft ? "Draft" : release.Prerelease ? "Pre-release" : "Release")} {release.Tag} by {release.Author}")
        .Block(release.Body)
        .List("Files", release.Assets.Select(asset =>
            ($"{asset.Name} {asset.Digest}", (string?)$"/{repository.FullName}/releases/download/{ReleaseAnswer.PageTag(release)}/{asset.Name}")));

    private static async Task<Page?> CommitAsync(SandboxRepository repository, string sha)
    {
        if (sha.Length != 40 || await repository.Git.ResolveAsync(sha) is not { } found)
            return null;
        var shown = await repository.Git.DemandAsync(["show", "--stat", "--patch", "--no-color", "--end-of-options", found]);
        return new Page(found).Link(repository.FullName, "/" + repository.FullName).Block(shown.Text);
    }
}
