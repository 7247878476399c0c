using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>Reads the submodules that dev pins, and how far each is behind its branch.</summary>
public sealed class SubmoduleReader(ProjectMirrors mirrors)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(60);

    public async Task<Result<IReadOnlyList<SubmodulePin>, StepError>> ReadAsync(Project project, ProjectMirror mirror, CancellationToken cancellationToken)
    {
        var pinned = await mirror.Repository.SubmodulesAsync(BranchName.Parse(project.Settings.DevBranch), cancellationToken);
        if (!pinned.IsOk)
            return RemoteErrors.Of(pinned.Error, cancellationToken);
        var pins = await Task.WhenAll(pinned.Value.Select(submodule => PinAsync(project, submodule, cancellationToken)));
        return Result<IReadOnlyList<SubmodulePin>, StepError>.Ok(pins);
    }

    private async Task<SubmodulePin> PinAsync(Project project, GitSubmodule submodule, CancellationToken cancellationToken)
    {
        var settings = project.Settings;
        var name = settings.Submodules.FirstOrDefault(row => row.Path == submodule.Path)?.Branch ?? submodule.Branch?.Value ?? settings.MainBranch;
        var pin = new SubmodulePin(submodule.Path, submodule.Url.Value, submodule.Pinned.Value, name, null, null, null);
        if (!BranchName.TryParse(name, out var branch, out var fault))
            return pin with { Error = fault };
        var mirror = await mirrors.OpenSubmoduleAsync(project, submodule, Recent, cancellationToken);
        if (!mirror.IsOk)
            return pin with { Error = $"{mirror.Error.What} {mirror.Error.Why}" };
        var head = await mirror.Value.Repository.ResolveAsync(branch, cancellationToken);
        if (!head.IsOk)
            return pin with { Error = $"Its repository has no branch {branch}." };
        // A pinned commit that the branch does not hold (it was rewritten, or never pushed) cannot be counted from.
        var apart = await mirror.Value.Repository.DivergenceAsync(submodule.Pinned, head.Value, cancellationToken);
        return apart.IsOk
            ? pin with { BranchHead = head.Value.Value, Behind = apart.Value.Behind }
            : pin with { BranchHead = head.Value.Value, Error = "Its repository does not have the pinned commit." };
    }
}
