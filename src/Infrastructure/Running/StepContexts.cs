using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Secrets;
using Microsoft.EntityFrameworkCore;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Makes what a step may use while it runs.</summary>
internal sealed class StepContexts(LedgerStore ledger, LogStore logs, SecretVault vault, WorkerOptions options, TimeProvider time)
{
    public async Task<StepScope> OpenAsync(Claim claim, CancellationToken cancellationToken)
    {
        var firstLine = claim.EarlierReason is null && claim.AttemptNumber == 1 && claim.Looks == 0
            ? 1
            : await logs.CountAsync(claim.AttemptId, cancellationToken) + 1;
        var log = new AttemptLog(logs, claim.AttemptId, firstLine);
        var secrets = new AttemptSecrets(vault, claim, log, time);
        var definition = claim.Snapshot.Playbook.FindStep(claim.Key)!;
        var context = new StepContext
        {
            Facts = claim.Snapshot.Facts,
            Definition = definition,
            Inputs = claim.Inputs,
            Outputs = claim.Outputs,
            IdempotencyKey = claim.IdempotencyKey,
            Workspace = Path.Combine(options.Workspaces, claim.ReleaseId.ToString("N")),
            Artifacts = options.Artifacts,
            Log = log,
            Secrets = secrets,
            Ticks = claim.Ticks,
            Decisions = claim.Decisions,
            Round = claim.Round,
            ByHand = claim.ByHand,
            Approvals = [.. claim.Snapshot.Playbook.Steps.Where(step => step.Approval is not null)],
            Notes = definition.Kind == "github.release" ? await NotesAsync(claim.ReleaseId, cancellationToken) : null,
            TrackProcess = (identity, token) => TrackAsync(claim, identity, token),
            StepStartedAt = claim.StartedAt,
        };
        return new StepScope(context, log, secrets);
    }

    private async Task<string?> NotesAsync(Guid releaseId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.ReleaseNotes.Where(notes => notes.ReleaseId == releaseId).Select(notes => notes.Text).FirstOrDefaultAsync(cancellationToken);
    }

    // A step that was taken away must not be marked as worked on by this process: the fence is in the condition.
    private Task TrackAsync(Claim claim, string identity, CancellationToken cancellationToken) =>
        ledger.AppendAsync(
            db => db.Attempts.Where(attempt => attempt.Id == claim.AttemptId && attempt.FinishedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(attempt => attempt.Process, identity), cancellationToken),
            cancellationToken);
}

/// <summary>A context and its log; disposing writes the rest of the log.</summary>
internal sealed class StepScope(StepContext context, AttemptLog log, AttemptSecrets secrets) : IAsyncDisposable
{
    public StepContext Context { get; } = context;

    public IStepLog Log { get; } = log;

    /// <summary>The outcome with every secret that the attempt was given taken out: a step may quote what a remote answered.</summary>
    public StepOutcome Hide(StepOutcome outcome) => OutcomeMask.Apply(outcome, secrets.Hide);

    /// <summary>A text of the attempt that leaves its log.</summary>
    public string Hide(string text) => secrets.Hide(text);

    public ValueTask DisposeAsync() => log.DisposeAsync();
}
