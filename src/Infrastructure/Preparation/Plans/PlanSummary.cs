using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Preparation.Plans;

/// <summary>Adds a plan up.</summary>
internal static class PlanSummary
{
    public static PlanTotals Of(ReleaseFacts facts, IReadOnlyList<PlannedStage> stages)
    {
        var steps = stages.SelectMany(stage => stage.Steps).Where(step => step.Included).ToList();
        return new PlanTotals(
            steps.Count,
            Count(StepEffect.Reads),
            Count(StepEffect.Local),
            Count(StepEffect.Outside),
            Count(StepEffect.Person),
            steps.Count(step => step.Permanent),
            steps.Sum(step => step.Approval?.Count ?? 0),
            stages.Aggregate(TimeSpan.Zero, (sum, stage) => sum + stage.Expected),
            [.. steps.Where(step => step.Effect == StepEffect.Outside).Select(step => Publication(step, facts)).Concat(ByWorkflow(facts, steps)).Distinct()]);

        int Count(StepEffect effect) => steps.Count(step => step.Effect == effect);
    }

    // What a workflow does for the release is seen by others just the same, although no step of the release does it.
    private static IEnumerable<string> ByWorkflow(ReleaseFacts facts, IReadOnlyList<PlannedStep> steps)
    {
        var settings = facts.Project.Settings;
        if (settings.PublishBy is { } publish && steps.Any(step => step.Kind == "pypi.verify"))
            yield return $"{settings.Package} {facts.Version}, uploaded by the workflow {publish.File}{In(publish.Repository)}";
        if (settings.Images is { ReleaseWorkflow: { } file } images && steps.Any(step => step.Kind == "images.parity"))
            yield return $"The images in {images.Production.Repository}, copied by the workflow {file}{In(images.ReleaseWorkflowRepository)}";

        static string In(string? repository) => repository is null ? "" : $" of {repository}";
    }

    private static string Publication(PlannedStep step, ReleaseFacts facts)
    {
        var settings = facts.Project.Settings;
        var version = facts.Version.ToString();
        return step.Kind switch
        {
            "git.push" => $"Commits on {settings.DevBranch}",
            "github.pull_request" => "A pull request",
            "git.fast_forward" => $"{settings.DevBranch} moved to the merge",
            "version.next" => $"A commit on {settings.DevBranch} with the next version",
            "pypi.upload" => $"{settings.Package} {version} by “{step.Title}”",
            "git.tag" => $"Tag {settings.TagFor(version)}",
            "github.release" => $"GitHub release {settings.ReleaseNameFor(version)}",
            "github.merge" => $"The merge of {settings.DevBranch} into {settings.MainBranch}",
            _ => step.Title,
        };
    }
}
