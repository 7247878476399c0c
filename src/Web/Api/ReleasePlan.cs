using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Web.Api;

/// <summary>What a release does, in order.</summary>
/// <param name="Digest">SHA-256 of the plan that the starter saw; empty when none was shown.</param>
public sealed record ReleasePlan(Guid ReleaseId, string Version, string Playbook, int Revision, string Digest, string BaseCommit, IReadOnlyList<PlannedStep> Steps)
{
    internal static ReleasePlan Of(ReleaseView release) => new(
        release.Id, release.Version, release.PlaybookName, release.PlaybookRevision, release.PlanDigest, release.BaseCommit,
        [.. release.Stages.SelectMany(stage => stage.Steps.Select(step =>
            new PlannedStep(stage.Title, step.Key, step.Title, step.Kind, step.Effect, step.Permanent, step.Optional, step.Status, step.Inputs)))]);
}

/// <param name="Effect">Whether it reads, writes here, writes outside, or is a person's.</param>
/// <param name="Permanent">Whether it cannot be undone.</param>
public sealed record PlannedStep(
    string Stage, string Key, string Title, string Kind, StepEffect Effect, bool Permanent, bool Optional, StepStatus Status, IReadOnlyDictionary<string, string> Inputs);
