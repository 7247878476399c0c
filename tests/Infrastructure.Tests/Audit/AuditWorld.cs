using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Tree;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Audit;

/// <summary>A trail with checkpoints, and what a database administrator can do to it.</summary>
internal sealed class AuditWorld : IAsyncDisposable
{
    public static readonly Guid Project = new("0192f0c1-2c2d-7000-8000-0123456789ab");
    public static readonly Guid Release = new("0192f0c1-2c2d-7000-8000-ba9876543210");

    private AuditWorld(TestDatabase database)
    {
        Database = database;
        Keys = new CheckpointKeys(Path.Combine(database.DataFolder, "keys"));
        Options = new AuditOptions { KeyFolder = Path.Combine(database.DataFolder, "keys"), StateFolder = Path.Combine(database.DataFolder, "audit"), Origin = "here" };
        Tree = new AuditTree(database.Ledger);
        Maker = new CheckpointMaker(database.Ledger, Tree, Keys, Options, TimeProvider.System, NullLogger<CheckpointMaker>.Instance);
    }

    public TestDatabase Database { get; }

    public CheckpointKeys Keys { get; }

    public AuditOptions Options { get; }

    public AuditTree Tree { get; }

    public CheckpointMaker Maker { get; }

    public static async Task<AuditWorld> EmptyAsync(DatabaseKind kind) => new(await TestDatabase.CreateAsync(kind));

    /// <summary>600 entries, with checkpoints over 300 and 600 of them: two full subtrees and a rest.</summary>
    public static async Task<AuditWorld> CreateAsync(DatabaseKind kind)
    {
        var world = await EmptyAsync(kind);
        await world.FillAsync(300);
        await world.SignAsync();
        await world.FillAsync(300);
        await world.SignAsync();
        return world;
    }

    public Task FillAsync(int count, string action = "step.attempt") => Database.Ledger.WriteAsync(
        write =>
        {
            for (var at = 1; at <= count; at++)
                write.Audit(Actor.Person(at % 2 == 1 ? "mia" : "bob", Roles.Maintainer), action, Project, Release, $"subject <{at}>", before: new { At = at - 1 }, after: new { At = at, Text = "\"é\"" });
            return Task.FromResult(true);
        },
        CancellationToken.None);

    public async Task<SignedCheckpoint> SignAsync()
    {
        var made = await Maker.MakeAsync(CancellationToken.None);
        made.Error?.Message.ShouldBeNull();
        return made.Value;
    }

    public async Task<AuditVerification> VerifyAsync(string? checkpoints = null, string? key = null)
    {
        using var verify = new AuditVerify(Database.Ledger, Keys);
        return await verify.RunAsync(new AuditVerifyRequest(checkpoints, key), null, CancellationToken.None);
    }

    /// <summary>Drops the triggers and runs the statements, as whoever owns the database can.</summary>
    public async Task TamperAsync(params string[] statements)
    {
        await using var db = Database.Ledger.Read();
        foreach (var table in new[] { "audit", "audit_checkpoints", "audit_tiles", "audit_spans" })
        {
            string[] triggers = Database.Kind == DatabaseKind.Sqlite ? [$"{table}_no_update", $"{table}_no_delete"] : [$"{table}_no_change ON {table}"];
            foreach (var trigger in triggers)
                await RunAsync(db, $"DROP TRIGGER IF EXISTS {trigger}");
        }
        foreach (var statement in statements)
            (await RunAsync(db, statement)).ShouldNotBe(0, statement);
    }

    /// <summary>Writes the trail again from one entry on, with a changed subject and right hashes everywhere, the end included.</summary>
    public async Task RewriteAsync(long from)
    {
        await TamperAsync();
        await using var db = Database.Ledger.Read();
        var hash = (await db.Audit.Where(entry => entry.Sequence == from - 1).Select(entry => entry.Hash).FirstOrDefaultAsync()) ?? AuditEntry.Genesis;
        var last = 0L;
        foreach (var row in await db.Audit.Where(entry => entry.Sequence >= from).OrderBy(entry => entry.Sequence).ToListAsync())
        {
            var entry = row.ToEntry() with { Subject = row.Sequence == from ? "forged" : row.Subject };
            var next = entry.HashAfter(hash);
            await db.Database.ExecuteSqlAsync($"""UPDATE audit SET "Subject" = {entry.Subject}, "PreviousHash" = {hash}, "Hash" = {next} WHERE "Sequence" = {row.Sequence}""");
            (hash, last) = (next, row.Sequence);
        }
        await db.Database.ExecuteSqlAsync($"""UPDATE audit_head SET "Hash" = {hash}, "Sequence" = {last}""");
    }

    /// <summary>Cuts the last entries off and sets the record of the end to fit.</summary>
    public async Task CutAsync(long last)
    {
        var number = last.ToString(CultureInfo.InvariantCulture);
        await TamperAsync(
            $"DELETE FROM audit WHERE \"Sequence\" > {number}",
            $"UPDATE audit_head SET \"Sequence\" = {number}, \"Hash\" = (SELECT \"Hash\" FROM audit WHERE \"Sequence\" = {number})");
    }

    public async Task<string> TextsAsync()
    {
        var texts = new List<string>();
        await foreach (var text in new CheckpointQueries(Database.Ledger).AllAsync(CancellationToken.None))
            texts.Add(text);
        return string.Join('\n', texts);
    }

    public ValueTask DisposeAsync()
    {
        Maker.Dispose();
        return Database.DisposeAsync();
    }

    private static async Task<int> RunAsync(DbContext db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }
}
