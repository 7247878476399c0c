using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.Freezes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Steps.People;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>
/// The last look before something leaves this machine: every approval before the step still names what is there, and no
/// freeze is in force. It asks the ledger, not the claim: an approval may have become void since the step was taken.
/// </summary>
internal sealed class PublicationGate(LedgerStore ledger, ApprovalEvidence evidence, WorkerOptions options, TimeProvider time)
{
    // It is woken when the approval is decided; this only keeps what cannot be read from being asked without end.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>Why the step does not act now, as its outcome; null when it may.</summary>
    public async Task<StepOutcome?> StopAsync(Claim claim, StepDefinition definition, CancellationToken cancellationToken)
    {
        if (definition.Effect == StepEffect.Outside && await UnapprovedAsync(claim, cancellationToken) is { } reason)
            return new StepOutcome(StepEvent.Release, AttemptOutcome.Cancelled) { Reason = reason, Again = Pause };
        return definition.Permanent ? await FrozenAsync(claim, cancellationToken) : null;
    }

    private async Task<string?> UnapprovedAsync(Claim claim, CancellationToken cancellationToken)
    {
        var upstream = claim.Snapshot.UpstreamOf(claim.Key);
        var approvals = claim.Snapshot.Playbook.Steps.Where(step => step.Kind == StepKindDescription.Approval && upstream.Contains(step.Id)).ToList();
        if (approvals.Count == 0)
            return null;
        List<StepRecord> steps;
        await using (var db = ledger.Read())
        {
            steps = await db.Steps.Where(step => step.ReleaseId == claim.ReleaseId).OrderBy(step => step.Ordinal).ToListAsync(cancellationToken);
        }
        foreach (var approval in approvals)
        {
            var step = steps.Find(step => step.Key == approval.Id)!;
            if (step.Status == StepStatus.Skipped)
                continue;
            if (step is not { Status: StepStatus.Succeeded, Evidence: { } given })
                return $"“{approval.Title}” must be decided first.";
            var now = await NowAsync(claim, approval, step, given, steps, cancellationToken);
            if (now is null)
                return $"What “{approval.Title}” approved cannot be read again.";
            if (now.Digest == given[ApprovalStep.ApprovedDigest])
                continue;
            await VoidAsync(claim, step.Id, given, now, cancellationToken);
            return $"The approval “{approval.Title}” is void: what it was given for has changed.";
        }
        return null;
    }

    /// <summary>What people would be shown if they were asked now.</summary>
    private async Task<Evidence?> NowAsync(Claim claim, StepDefinition approval, StepRecord step, Evidence given, List<StepRecord> steps, CancellationToken cancellationToken)
    {
        var upstream = claim.Snapshot.UpstreamOf(approval.Id);
        var outputs = steps.Where(other => other is { Status: StepStatus.Succeeded, Evidence: not null } && upstream.Contains(other.Key))
            .ToDictionary(other => other.Key, other => other.Evidence!);
        var inputs = claim.Snapshot.Resolve(approval, outputs, step.Corrections);
        var byHand = ByHand.Of(claim.Snapshot, approval.Id, outputs, steps);
        var read = await evidence.ReadAsync(claim.Snapshot.Facts, approval.Approval!, inputs, outputs, byHand, given[Core.Approvals.CommitAuthor.Item], cancellationToken);
        return read.IsOk
            ? ApprovalSubject.WithBytes(read.Value, Path.Combine(options.Workspaces, claim.ReleaseId.ToString("N")), options.Artifacts)
            : null;
    }

    private Task<bool> VoidAsync(Claim claim, Guid stepId, Evidence given, Evidence now, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (await write.LockReleaseAsync(claim.ReleaseId) is not { } release)
                    return write.Refuse(false);
                var step = await write.Db.Steps.FirstAsync(record => record.Id == stepId, write.CancellationToken);
                // Another step found the same and was first.
                if (step.Status != StepStatus.Succeeded || step.Evidence?.Digest != given.Digest)
                    return write.Refuse(false);
                await ApprovalRequests.VoidGrantedAsync(write, release, step, ApprovalStep.Shown(given), now);
                await write.UpdateStatusAsync(release);
                write.Wake(release.Id);
                return true;
            },
            cancellationToken);

    private async Task<StepOutcome?> FrozenAsync(Claim claim, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = ledger.Read();
        if (await FreezeQueries.StoppingAsync(db, claim.Snapshot.Facts.Project.Id, claim.ReleaseId, now, cancellationToken) is not { } freeze)
            return null;
        // It wakes by itself at the end of a window, and when somebody lifts a lock; looking in between is the net below.
        var left = freeze.Until is { } end && end - now < LongestPause ? end - now : LongestPause;
        return new StepOutcome(StepEvent.WaitOutside, AttemptOutcome.Waiting) { Reason = freeze.Words, Evidence = Evidence.None, Again = left };
    }
}
