using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Persistence;

/// <summary>One write to the ledger. Collects audit entries and notices, which become real with the commit.</summary>
public sealed class LedgerTransaction(
    LedgerContext db,
    bool isSqlite,
    Func<LedgerContext, CancellationToken, Task<AuditHeadRecord>> auditHead,
    DateTimeOffset now,
    CancellationToken cancellationToken)
{
    private readonly List<AuditDraft> entries = [];
    private readonly HashSet<Change> changes = [];
    private ReleaseRecord? ended;

    public LedgerContext Db { get; } = db;

    /// <summary>When the write began, cut to the millisecond: what is hashed must equal what is stored.</summary>
    public DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public IReadOnlyCollection<Change> Changes => changes;

    /// <summary>Set by <see cref="Refuse{T}"/>: nothing of this write is kept.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Gives the write up and returns why.</summary>
    public T Refuse<T>(T answer)
    {
        IsRefused = true;
        return answer;
    }

    /// <summary>The release, locked until the commit, so that writes to one release happen one after another.</summary>
    public async Task<ReleaseRecord?> LockReleaseAsync(Guid id)
    {
        await LockAsync(id);
        return await Db.Releases.FirstOrDefaultAsync(release => release.Id == id, CancellationToken);
    }

    /// <summary>As <see cref="LockReleaseAsync"/>, for a writer that reads the release together with its step.</summary>
    public async Task LockAsync(Guid releaseId)
    {
        // On SQLite the transaction is the lock: there is one writer.
        if (!isSqlite)
            await Db.Database.ExecuteSqlAsync($"SELECT 1 FROM releases WHERE \"Id\" = {releaseId} FOR UPDATE", CancellationToken);
    }

    /// <summary>
    /// Writes with audit entries happen one after another from here to the commit, in all processes: for a rule over rows that are not
    /// there yet, which nobody can lock. Call before anything else, so that it waits for nobody who waits for it.
    /// </summary>
    public Task LockTrailAsync() =>
        isSqlite ? Task.CompletedTask : Db.Database.ExecuteSqlAsync($"SELECT 1 FROM audit_head FOR UPDATE", CancellationToken);

    /// <summary>Derives the release's status again after a step moved. Call after the step's change, before the end.</summary>
    public async Task UpdateStatusAsync(ReleaseRecord release)
    {
        // What this write has changed is in memory, the rest is in the database: one query, and no save in between.
        var changed = Db.ChangeTracker.Entries<StepRecord>().Where(entry => entry.Entity.ReleaseId == release.Id).ToDictionary(entry => entry.Entity.Id, entry => entry.Entity.Status);
        var stored = await Db.Steps.Where(step => step.ReleaseId == release.Id).Select(step => new { step.Id, step.Status }).ToListAsync(CancellationToken);
        UpdateStatus(release, stored.Select(step => changed.TryGetValue(step.Id, out var now) ? now : step.Status));
    }

    /// <summary>As <see cref="UpdateStatusAsync"/>, for a writer that has read every step's status already.</summary>
    public void UpdateStatus(ReleaseRecord release, IEnumerable<StepStatus> statuses)
    {
        var status = ReleaseProgress.Derive(statuses, aborted: release.AbortReason is not null);
        changes.Add(new Change.Release(release.Id));
        if (status == release.Status)
            return;
        var before = release.Status;
        release.Status = status;
        if (!ReleaseProgress.IsOver(status))
            return;
        release.FinishedAt = Now;
        release.ActiveKey = null;
        ended = release;
        Audit(Actor.System, status == ReleaseStatus.Published ? "release.publish" : "release.abort", release, release.Version,
            new { Status = before.ToString() }, new { Status = status.ToString() });
    }

    /// <summary>Adds an audit entry to the end of this write.</summary>
    public void Audit(Actor actor, string action, ReleaseRecord release, string subject, object? before = null, object? after = null) =>
        Audit(actor, action, release.ProjectId, release.Id, subject, before, after);

    /// <summary>Adds an audit entry to the end of this write.</summary>
    public void Audit(Actor actor, string action, Guid? projectId, Guid? releaseId, string subject, object? before = null, object? after = null) =>
        entries.Add(new AuditDraft(actor, action, projectId, releaseId, subject, before, after));

    public void Notify(Change change) => changes.Add(change);

    /// <summary>After the commit, workers look whether this release can go on.</summary>
    public void Wake(Guid releaseId) => changes.Add(new Change.Wake(releaseId));

    internal async Task FinishAsync(ChangeFeed feed)
    {
        if (ended is not null)
            await ReleaseFactsWriter.AddAsync(Db, ended, CancellationToken);
        if (entries.Count > 0)
            await AppendAuditAsync();
        await Db.SaveChangesAsync(CancellationToken);
        if (!isSqlite && changes.Count > 0)
            await feed.NotifyOthersAsync(Db, changes, CancellationToken);
    }

    private async Task AppendAuditAsync()
    {
        await LockTrailAsync();
        var head = await auditHead(Db, CancellationToken);
        foreach (var draft in entries)
        {
            var entry = new AuditEntry(head.Sequence + 1, Now, draft.Actor.Kind, draft.Actor.Name, draft.Action,
                draft.ProjectId, draft.ReleaseId, draft.Subject, Json(draft.Before), Json(draft.After));
            var hash = entry.HashAfter(head.Hash);
            Db.Audit.Add(new AuditRecord
            {
                Sequence = entry.Sequence,
                At = entry.At,
                ActorKind = entry.ActorKind,
                ActorName = entry.ActorName,
                Action = entry.Action,
                ProjectId = entry.ProjectId,
                ReleaseId = entry.ReleaseId,
                Subject = entry.Subject,
                Before = entry.Before,
                After = entry.After,
                PreviousHash = head.Hash,
                Hash = hash,
            });
            head.Sequence = entry.Sequence;
            head.Hash = hash;
        }
        changes.Add(new Change.Audit());
    }

    private static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value, JsonColumn.Options);

    private sealed record AuditDraft(Actor Actor, string Action, Guid? ProjectId, Guid? ReleaseId, string Subject, object? Before, object? After);
}
