using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Preparation;

/// <summary>Finds out what a release would start from, by the remote at this moment.</summary>
public sealed class ReleasePreparation(ProjectMirrors mirrors)
{
    // Within this time a page and the call it makes see the same repository without a second fetch.
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);

    public async Task<Result<PreparedBase, StepError>> ResolveAsync(Project project, CancellationToken cancellationToken)
    {
        var settings = project.Settings;
        if (!BranchName.TryParse(settings.DevBranch, out var dev, out var fault) || !BranchName.TryParse(settings.MainBranch, out var main, out fault))
            return new StepError("bad-branch", "A branch of the project cannot be used.", fault, "Correct it in the project's settings.");
        var listed = await mirrors.ListRemoteAsync(project, [dev.Ref, main.Ref], cancellationToken);
        if (!listed.IsOk)
            return listed.Error;
        if (listed.Value.FirstOrDefault(entry => entry.Name == dev.Ref)?.Commit is not { } head)
            return new StepError("no-branch", $"The repository has no branch {dev}.", $"{settings.GitUrl} does not list it.", "Push the branch, or correct its name in the project's settings.");
        var mirror = await OpenWithAsync(project, head, cancellationToken);
        if (!mirror.IsOk)
            return mirror.Error;
        // The merge commit that is tagged may be on main only, until dev is forwarded to it.
        var heads = listed.Value.FirstOrDefault(entry => entry.Name == main.Ref)?.Commit is { } mainHead ? new[] { head, mainHead } : [head];
        var tags = await mirror.Value.TagsAsync(settings, heads, cancellationToken);
        return tags.Map(found => new PreparedBase(head.Value, found.Count == 0 ? null : found[0].Version.ToString()));
    }

    /// <summary>A mirror that holds this commit: fetched again only when it does not.</summary>
    internal async Task<Result<ProjectMirror, StepError>> OpenWithAsync(Project project, CommitSha commit, CancellationToken cancellationToken)
    {
        var recent = await mirrors.OpenAsync(project, Recent, cancellationToken);
        if (!recent.IsOk || (await recent.Value.Repository.ResolveAsync(commit, cancellationToken)).IsOk)
            return recent;
        var fresh = await mirrors.OpenAsync(project, TimeSpan.Zero, cancellationToken);
        return fresh is { IsOk: true, Value.Stale: { } stale } ? stale : fresh;
    }
}
