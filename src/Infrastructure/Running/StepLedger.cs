using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Takes steps for this worker: the lease, its fence and the intent are one commit, before anything is touched.</summary>
internal sealed class StepLedger(LedgerStore ledger, EngineQueries queries, ReleaseSnapshots snapshots, WorkerIdentity worker, TimeProvider time)
{
    /// <summary>Takes the step, or returns null when it cannot run now or somebody else has it.</summary>
    public Task<Claim?> ClaimAsync(Guid releaseId, string key, CancellationToken cancellationToken) =>
        ledger.WriteAsync<Claim?>(
            async write =>
            {
                await write.LockAsync(releaseId);
                var found = await queries.ToTake(write.Db, releaseId, key, write.CancellationToken);
                if (found is null || ReleaseProgress.IsOver(found.Release.Status))
                    return write.Refuse<Claim?>(null);
                var (release, step) = found;
                var snapshot = await snapshots.OfAsync(write.Db, releaseId, write.CancellationToken);
                var steps = await queries.ProvenSteps(write.Db, releaseId).ToListAsync(write.CancellationToken);
                if (!Runnable.IsRunnable(snapshot.Playbook, RunnableStep.Of(step), steps.ToDictionary(other => other.Key, other => other.Status), write.Now))
                    return write.Refuse<Claim?>(null);
                return await TakeAsync(write, release, snapshot, step, steps);
            },
            cancellationToken);

    private async Task<Claim?> TakeAsync(
        LedgerTransaction write, ReleaseRecord release, ReleaseSnapshot snapshot, StepRecord step, List<ProvenStep> steps)
    {
        var definition = snapshot.Playbook.FindStep(step.Key)!;
        // What is approved must not depend on which other steps happened to be over at that moment.
        var upstream = definition.Kind == StepKindDescription.Approval ? snapshot.UpstreamOf(step.Key) : null;
        var outputs = steps.Where(other => other.Status == StepStatus.Succeeded && other.Evidence is not null && upstream?.Contains(other.Key) != false)
            .ToDictionary(other => other.Key, other => other.Evidence!);
        var inputs = snapshot.Resolve(definition, outputs, step.Corrections);
        var earlier = step.Status;
        step.Status = StepTransitions.Next(step.Status, StepEvent.Claim);
        step.Fence++;
        step.LeaseHolder = worker.Name;
        step.WakeAt = null;
        step.StartedAt ??= write.Now;
        var (attempt, orphan) = await AttemptAsync(write, release, step, earlier, inputs);
        write.UpdateStatus(release, steps.Select(other => other.Key == step.Key ? step.Status : other.Status));
        return new Claim(
            release.Id, step.Id, step.Key, step.Fence, step.Wakes, step.Looks, attempt.Id, attempt.Number, step.StartedAt.Value, snapshot, inputs, outputs,
            await TicksAsync(write, definition, step.Id), await DecisionsAsync(write, definition, step.Id), orphan, step.Reason,
            definition.Kind == StepKindDescription.Approval ? await ApprovalRequests.RoundAsync(write, step.Id) : null,
            definition.Kind == StepKindDescription.Approval ? await ByHandAsync(write, snapshot, step.Key, outputs) : []);
    }

    private static async Task<IReadOnlyList<EvidenceItem>> ByHandAsync(
        LedgerTransaction write, ReleaseSnapshot snapshot, string approval, IReadOnlyDictionary<string, Evidence> outputs)
    {
        var releaseId = snapshot.Facts.ReleaseId;
        return ByHand.Of(snapshot, approval, outputs, await write.Db.Steps.AsNoTracking().Where(step => step.ReleaseId == releaseId).ToListAsync(write.CancellationToken));
    }

    private static async Task<IReadOnlyList<Tick>> TicksAsync(LedgerTransaction write, StepDefinition definition, Guid stepId) =>
        definition.Kind == StepKindDescription.Checklist
            ? await write.Db.Ticks.Where(tick => tick.StepId == stepId).Select(tick => new Tick(tick.ItemId, tick.By, tick.At)).ToListAsync(write.CancellationToken)
            : [];

    private static async Task<IReadOnlyList<Decision>> DecisionsAsync(LedgerTransaction write, StepDefinition definition, Guid stepId) =>
        definition.Kind == StepKindDescription.Approval
            ? await write.Db.Decisions.Where(decision => decision.StepId == stepId)
                .Select(decision => new Decision(decision.By, decision.Verdict, decision.EvidenceDigest, decision.At, decision.Comment) { As = decision.As }).ToListAsync(write.CancellationToken)
            : [];

    /// <summary>
    /// The attempt that this claim works on. Looking again while waiting goes on with the same attempt; everything else
    /// is a new one, and an attempt that a dead worker left open is closed as lost.
    /// </summary>
    private async Task<(AttemptRecord Attempt, string? Orphan)> AttemptAsync(
        LedgerTransaction write, ReleaseRecord release, StepRecord step, StepStatus earlier, StepInputs inputs)
    {
        string? orphan = null;
        var last = step.Attempts == 0
            ? null
            : await write.Db.Attempts.Where(attempt => attempt.StepId == step.Id).OrderByDescending(attempt => attempt.Number)
                .FirstOrDefaultAsync(write.CancellationToken);
        if (earlier is StepStatus.WaitingOutside or StepStatus.WaitingForPerson && last is not null)
            return (last, null);
        if (last is { FinishedAt: null })
        {
            orphan = last.Process;
            last.FinishedAt = write.Now;
            last.Outcome = AttemptOutcome.Lost;
            write.Audit(Actor.Worker(worker.Name), "step.takeover", release, step.Key,
                new { last.Worker, last.Fence }, new { Worker = worker.Name, step.Fence });
        }
        var attempt = new AttemptRecord
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            ReleaseId = release.Id,
            StepId = step.Id,
            Number = ++step.Attempts,
            Fence = step.Fence,
            Worker = worker.Name,
            IdempotencyKey = $"{release.Id:N}/{step.Key}",
            IntentDigest = Digest(inputs),
            StartedAt = write.Now,
        };
        write.Db.Attempts.Add(attempt);
        step.Error = null;
        step.FinishedAt = null;
        step.Looks = 0;
        write.Audit(Actor.Worker(worker.Name), "step.start", release, step.Key,
            new { Status = earlier.ToString() }, new { Attempt = attempt.Number, step.Fence, attempt.IntentDigest });
        return (attempt, orphan);
    }

    private static string Digest(StepInputs inputs)
    {
        var canonical = inputs.Values.OrderBy(input => input.Key, StringComparer.Ordinal).Select(input => new[] { input.Key, input.Value.ToString() });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(canonical))));
    }
}
