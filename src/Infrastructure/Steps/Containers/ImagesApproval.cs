using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.People;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Nothing goes to the production registry that was not approved, digest for digest.</summary>
internal static class ImagesApproval
{
    /// <summary>Why these images may not be published, or null when an approval names exactly them.</summary>
    /// <param name="tags">The tags as they were shown; null where the playbook shows none.</param>
    public static StepError? Missing(StepContext context, string inventory, string? tags)
    {
        var approvals = context.Outputs.Values.Where(evidence => evidence[ApprovalStep.ApprovedDigest] is not null).ToList();
        if (approvals.Any(approval => approval[ApprovalStep.ApprovedImages] == inventory && (tags is null || approval[ApprovalStep.ApprovedTags] == tags) && ApprovalStep.IsWhole(approval)))
            return null;
        return new StepError(
            "not-approved",
            approvals.Count == 0 ? "Nobody has approved these images." : "What was approved is not what would be published.",
            approvals.Count == 0 ? "No approval is among the steps that are done." : "No approval names exactly these tags and digests.",
            "Let an approval step with these images be decided first. If they changed since, find out why: other digests need an approval of their own.");
    }
}
