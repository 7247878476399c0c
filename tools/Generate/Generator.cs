using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Generate;

/// <summary>Makes everything, in order.</summary>
public sealed class Generator(GenerateOptions options, Action<string> say)
{
    private const int Batch = 2000;
    private const int SayEvery = 1_000_000;

    private static readonly DateTimeOffset First = new(2016, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="InvalidOperationException">The ledger holds entries already.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var database = new DatabaseOptions { SqliteFile = Path.Combine(options.DataFolder, "ledger.db"), Postgres = options.Postgres };
        var contexts = new LedgerContextFactory(database);
        using (var ledger = new LedgerStore(contexts, new ChangeFeed(), TimeProvider.System))
            await ledger.MigrateAsync(cancellationToken);
        var cast = new Cast(options, First);
        var releases = new Years(options, cast, First).Releases().ToList();
        await using (var db = contexts.Open())
        {
            if (db.Audit.Any())
                throw new InvalidOperationException("The ledger holds audit entries already; choose an empty one.");
            db.Users.AddRange(cast.Users);
            db.Projects.AddRange(cast.Projects);
            await db.SaveChangesAsync(cancellationToken);
        }
        await ReleasesAsync(contexts, cast, releases, cancellationToken);
        await TrailAsync(database, new Trail(options, cast, releases), cancellationToken);
    }

    private async Task ReleasesAsync(LedgerContextFactory contexts, Cast cast, List<ReleaseRecord> releases, CancellationToken cancellationToken)
    {
        var settings = cast.Projects.ToDictionary(project => project.Id, project => project.Settings);
        foreach (var chunk in releases.Chunk(Batch))
        {
            await using var db = contexts.Open();
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            foreach (var release in chunk)
            {
                db.Releases.Add(release);
                db.ReleaseSnapshots.Add(new ReleaseSnapshotRecord { ReleaseId = release.Id, PlaybookText = Years.Playbook, Settings = settings[release.ProjectId] });
                foreach (var (step, attempt) in Years.StepsOf(release))
                {
                    db.Steps.Add(step);
                    db.Attempts.Add(attempt);
                }
            }
            await db.SaveChangesAsync(cancellationToken);
        }
        say($"{releases.Count:N0} releases of {cast.Projects.Count} projects");
    }

    private async Task TrailAsync(DatabaseOptions database, Trail trail, CancellationToken cancellationToken)
    {
        await using IBulkWriter writer = database.Postgres is { } postgres ? new PostgresBulkWriter(postgres) : new SqliteBulkWriter(database.SqliteFile);
        var (last, hash) = (0L, AuditEntry.Genesis);
        foreach (var entry in trail.Entries())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = entry.HashAfter(hash);
            writer.Write(entry, hash, next);
            (last, hash) = (entry.Sequence, next);
            if (last % SayEvery == 0)
                say($"{last:N0} audit entries");
        }
        say("indexes");
        await writer.FinishAsync(last, hash, cancellationToken);
        say($"{last:N0} audit entries, head {hash}");
    }
}
