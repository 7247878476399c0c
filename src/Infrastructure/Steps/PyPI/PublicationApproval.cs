using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.People;

namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>Nothing goes to the production index that was not approved, byte for byte.</summary>
internal static class PublicationApproval
{
    /// <summary>Why these bytes may not be published, or null when an approval names exactly them.</summary>
    public static StepError? Missing(StepContext context, string sha256)
    {
        var approvals = context.Outputs.Values.Where(evidence => evidence[ApprovalStep.ApprovedDigest] is not null).ToList();
        if (approvals.Count == 0)
        {
            return new StepError(
                "not-approved",
                "Nobody has approved this publication.",
                "No approval is among the steps that are done.",
                "Let the approval step be decided first. A playbook without one cannot publish on the production index.");
        }

        return approvals.Any(approval => (approval["sha256"] == sha256 || approval["wheel_sha256"] == sha256) && ApprovalStep.IsWhole(approval))
            ? null
            : new StepError(
                "not-approved",
                "What was approved is not what would be published.",
                $"The file has SHA-256 {sha256}; approved was {string.Join(", ", approvals.Select(approval => approval["sha256"] ?? "no file"))}.",
                "Find out what changed since the approval. Other bytes need an approval of their own: abort and start again.");
    }
}
