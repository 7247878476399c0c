using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Web.Releases.Outcome;

/// <summary>Something that a release did outside and that stays when it is aborted.</summary>
/// <param name="Advice">What to do about it.</param>
public sealed record Leftover(StepView Step, string Advice, string? Url);

/// <summary>Finds what an aborted release leaves behind.</summary>
public static class Leftovers
{
    public static IReadOnlyList<Leftover> Of(ReleaseView view) => [.. view.Steps
        .Where(step => step is { Effect: StepEffect.Outside, Status: StepStatus.Succeeded or StepStatus.NeedsReconciliation or StepStatus.Failed } && (step.Status == StepStatus.Succeeded || step.Attempts > 0))
        .Select(step => new Leftover(step, Advice(view, step), step.Evidence?.Items.Select(item => SafeLink.Of(item.Url)).FirstOrDefault(url => url is not null)))];

    private static string Advice(ReleaseView view, StepView step)
    {
        if (step.Status != StepStatus.Succeeded)
            return "It did not end well: look whether a part of it is there.";
        return step.Kind switch
        {
            "git.push" => $"The commits stay on {view.Settings.DevBranch}. Revert them, or use them for the next release.",
            "github.pull_request" => "Close the pull request, unless it was merged.",
            "github.merge" => $"The merge stays in the history of {view.Settings.MainBranch}. Revert it there if it must not stay.",
            "pypi.upload" => "The file stays on the index for good and its name is used up. Yank the version there if nobody should install it.",
            "git.tag" => "Delete the tag if this version must be free again.",
            "github.release" => "Delete the release on GitHub, or mark it as a draft.",
            "git.fast_forward" or "version.next" => $"{view.Settings.DevBranch} has moved. Nothing needs to be undone.",
            _ => step.Permanent ? "It cannot be undone." : "It stays as it is until somebody undoes it.",
        };
    }
}
