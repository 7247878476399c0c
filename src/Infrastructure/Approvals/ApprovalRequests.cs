using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Steps.People;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>
/// Keeps the requests for approval in step with what the approval step saw, in the transaction that records it: one open
/// request for one exact evidence. Another evidence closes it as void, and everybody hears what changed.
/// </summary>
internal sealed class ApprovalRequests(TimeProvider time)
{
    /// <summary>The open request of a step as its next look sees it, or null.</summary>
    public static async Task<ApprovalRound?> RoundAsync(LedgerTransaction write, Guid stepId) =>
        await OpenOfAsync(write, stepId) is { } open ? new ApprovalRound(open.EvidenceDigest, open.AskedAt, open.DueAt, open.RemindedAt) : null;

    /// <summary>Closes what is open in a release that ends before its end.</summary>
    public static async Task WithdrawAllAsync(LedgerTransaction write, Guid releaseId)
    {
        foreach (var open in await write.Db.ApprovalRequests.Where(request => request.ReleaseId == releaseId && request.ClosedAt == null).ToListAsync(write.CancellationToken))
            Close(write, open, ApprovalOutcome.Withdrawn);
    }

    /// <summary>Records what came of a look of the approval step.</summary>
    public async Task RecordAsync(
        LedgerTransaction write, ReleaseRecord release, StepRecord step, ApprovalRule rule, StepEvent happened, Evidence? evidence, StepError? error)
    {
        var open = await OpenOfAsync(write, step.Id);
        switch (happened)
        {
            case StepEvent.AskPerson when evidence is not null:
                await AskAsync(write, release, step, rule, open, evidence);
                break;
            case StepEvent.Succeed when open is not null:
                Close(write, open, ApprovalOutcome.Granted);
                break;
            case StepEvent.Fail when open is not null:
                await FailAsync(write, release, step, open, evidence, error);
                break;
        }
    }

    /// <summary>The open request, made when the step began to wait before there were requests.</summary>
    public async Task<ApprovalRequestRecord> EnsureOpenAsync(LedgerTransaction write, ReleaseRecord release, StepRecord step, ApprovalRule rule) =>
        await OpenOfAsync(write, step.Id)
        ?? await OpenAsync(write, release, step, rule, step.Evidence ?? throw new InvalidOperationException($"{step.Key} waits without evidence."));

    /// <summary>A given approval is worth nothing any more: the step asks again as soon as a worker looks at it.</summary>
    public static async Task VoidGrantedAsync(LedgerTransaction write, ReleaseRecord release, StepRecord step, Evidence approved, Evidence found)
    {
        var granted = await write.Db.ApprovalRequests.Where(request => request.StepId == step.Id && request.Outcome == ApprovalOutcome.Granted)
            .OrderByDescending(request => request.AskedAt).FirstOrDefaultAsync(write.CancellationToken);
        if (granted is not null)
            Close(write, granted, ApprovalOutcome.Void);
        step.Status = StepTransitions.Next(step.Status, StepEvent.Void);
        (step.StartedAt, step.FinishedAt, step.WakeAt) = (null, null, null);
        var changes = EvidenceDifference.Of(approved, found);
        step.Reason = $"What was approved has changed: {ChangedSince.Words(changes)}.";
        AuditVoid(write, release, step.Key, changes, await ApproversAsync(write, step.Id, granted));
    }

    private async Task AskAsync(LedgerTransaction write, ReleaseRecord release, StepRecord step, ApprovalRule rule, ApprovalRequestRecord? open, Evidence evidence)
    {
        if (open is not null && open.EvidenceDigest != evidence.Digest)
        {
            await VoidAsync(write, release, step, open, evidence);
            open = null;
        }
        if (open is null)
        {
            await OpenAsync(write, release, step, rule, evidence);
        }
        else if (rule.Remind is { } every && write.Now >= (open.RemindedAt ?? open.AskedAt) + every)
        {
            open.RemindedAt = write.Now;
            write.Audit(Actor.System, "approval.remind", release, step.Key, after: new { open.EvidenceDigest, open.AskedAt, open.DueAt });
        }
    }

    private async Task<ApprovalRequestRecord> OpenAsync(LedgerTransaction write, ReleaseRecord release, StepRecord step, ApprovalRule rule, Evidence evidence)
    {
        // Clocks of two machines differ. A decision on an earlier request must never fall into this one, so it begins after the last.
        var isFirst = !await write.Db.ApprovalRequests.AnyAsync(request => request.StepId == step.Id, write.CancellationToken);
        var last = await write.Db.Decisions.Where(decision => decision.StepId == step.Id).OrderByDescending(decision => decision.At)
            .Select(decision => (DateTimeOffset?)decision.At).FirstOrDefaultAsync(write.CancellationToken);
        var askedAt = isFirst ? step.StartedAt ?? write.Now : last >= write.Now ? last.Value.AddMilliseconds(1) : write.Now;
        var request = new ApprovalRequestRecord
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            ReleaseId = release.Id,
            StepId = step.Id,
            EvidenceDigest = evidence.Digest,
            Evidence = evidence,
            AskedAt = askedAt,
            DueAt = askedAt + rule.Within,
        };
        write.Db.ApprovalRequests.Add(request);
        write.Audit(Actor.System, "approval.ask", release, step.Key,
            after: new { request.EvidenceDigest, request.DueAt, Requires = rule.Require.Select(each => each.Words) });
        return request;
    }

    private static async Task FailAsync(LedgerTransaction write, ReleaseRecord release, StepRecord step, ApprovalRequestRecord open, Evidence? evidence, StepError? error)
    {
        if (evidence is not null && evidence.Digest != open.EvidenceDigest)
        {
            await VoidAsync(write, release, step, open, evidence);
            return;
        }
        switch (error?.Code)
        {
            case ApprovalStep.Rejected:
                Close(write, open, ApprovalOutcome.Rejected);
                break;
            case ApprovalStep.Lapsed:
                Close(write, open, ApprovalOutcome.Lapsed);
                write.Audit(Actor.System, "approval.lapse", release, step.Key, after: new { open.EvidenceDigest, open.AskedAt, open.DueAt });
                break;
            default:
                Close(write, open, ApprovalOutcome.Withdrawn);
                break;
        }
    }

    private static async Task VoidAsync(LedgerTransaction write, ReleaseRecord release, StepRecord step, ApprovalRequestRecord open, Evidence now)
    {
        Close(write, open, ApprovalOutcome.Void);
        AuditVoid(write, release, step.Key, EvidenceDifference.Of(open.Evidence, now), await ApproversAsync(write, step.Id, open));
    }

    private static void AuditVoid(LedgerTransaction write, ReleaseRecord release, string key, IReadOnlyList<EvidenceChange> changed, IReadOnlyList<string> approvers) =>
        write.Audit(Actor.System, "approval.void", release, key, after: new { Changed = changed, HadApproved = approvers });

    private static async Task<IReadOnlyList<string>> ApproversAsync(LedgerTransaction write, Guid stepId, ApprovalRequestRecord? request) =>
        request is null
            ? []
            : [.. (await write.Db.Decisions
                .Where(decision => decision.StepId == stepId && decision.Verdict == Verdict.Approved && decision.EvidenceDigest == request.EvidenceDigest && decision.At >= request.AskedAt)
                .OrderBy(decision => decision.At).Select(decision => decision.By).ToListAsync(write.CancellationToken)).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static void Close(LedgerTransaction write, ApprovalRequestRecord request, ApprovalOutcome outcome) =>
        (request.ClosedAt, request.Outcome) = (write.Now, outcome);

    private static Task<ApprovalRequestRecord?> OpenOfAsync(LedgerTransaction write, Guid stepId) =>
        write.Db.ApprovalRequests.Where(request => request.StepId == stepId && request.ClosedAt == null).OrderByDescending(request => request.AskedAt)
            .FirstOrDefaultAsync(write.CancellationToken);
}
