using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Steps.People;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>Puts an approval together from its requests and decisions.</summary>
internal static class ApprovalViewBuilder
{
    public static ApprovalView? Build(ReleaseRows rows, StepRecord step, StepDefinition definition)
    {
        if (definition.Approval is not { } rule)
            return null;
        var requests = rows.ApprovalRequests.Where(request => request.StepId == step.Id).OrderBy(request => request.AskedAt).ToList();
        var digest = step.Evidence?[ApprovalStep.ApprovedDigest] ?? step.Evidence?.Digest ?? "";
        var current = requests.LastOrDefault(request => request.EvidenceDigest == digest && request.Outcome != ApprovalOutcome.Void);
        var view = new ApprovalView(rule, digest, [.. rows.Decisions.Where(decision => decision.StepId == step.Id).Select(Of)], 0)
        {
            // Without a request: one that began to wait before there were any.
            AskedAt = requests.Count == 0 ? null : current?.AskedAt ?? DateTimeOffset.MaxValue,
            DueAt = current is { ClosedAt: null } ? current.DueAt : null,
            Voided = Voided(rows, step, requests, current),
            Authors = CommitAuthor.ParseAll(step.Evidence?[CommitAuthor.Item]),
        };
        var state = view.Policy(rows.Release.StartedBy).Judge(view.Decisions.Where(view.Counts), digest);
        return view with
        {
            AskedAt = current?.AskedAt,
            Decisions = view.Decisions,
            Missing = state is ApprovalState.Open open ? open.Missing : 0,
            Signatures = state.Signatures,
        };
    }

    private static Decision Of(DecisionRecord decision) => new(decision.By, decision.Verdict, decision.EvidenceDigest, decision.At, decision.Comment) { As = decision.As };

    // The last word on a void approval is what came after it: once that is decided, it is history.
    private static VoidedApproval? Voided(ReleaseRows rows, StepRecord step, List<ApprovalRequestRecord> requests, ApprovalRequestRecord? current)
    {
        if (requests.FindLast(request => request.Outcome == ApprovalOutcome.Void) is not { } last
            || requests.Exists(request => request.AskedAt > last.AskedAt && request.Outcome is ApprovalOutcome.Granted or ApprovalOutcome.Rejected))
            return null;
        var approvers = rows.Decisions
            .Where(decision => decision.StepId == step.Id && decision.Verdict == Verdict.Approved && decision.EvidenceDigest == last.EvidenceDigest
                && decision.At >= last.AskedAt && decision.At <= (last.ClosedAt ?? decision.At))
            .Select(decision => decision.By).Distinct(StringComparer.OrdinalIgnoreCase);
        var now = current?.Evidence ?? step.Evidence ?? Evidence.None;
        return new VoidedApproval(last.ClosedAt ?? last.AskedAt, EvidenceDifference.Of(last.Evidence, ApprovalStep.Shown(now)), [.. approvers]);
    }
}
