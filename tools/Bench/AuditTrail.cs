using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ReleaseDashboard.Generate;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Listing;
using ReleaseDashboard.Infrastructure.Audit.Tree;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Bench;

/// <summary>Pages and verification of a trail of years. The trail is made first, unless a folder with one is given.</summary>
internal static class AuditTrail
{
    private const double PageTarget = 10;
    private const double VerifyTarget = 15;
    private const long Whole = 10_000_000;

    public static async Task<IReadOnlyList<Row>> RunAsync(long entries, string? given, string? postgres, int runs)
    {
        var folder = given ?? Directory.CreateTempSubdirectory("bench-audit-").FullName;
        try
        {
            var options = new DatabaseOptions { SqliteFile = Path.Combine(folder, "ledger.db"), Postgres = postgres };
            using var ledger = new LedgerStore(new LedgerContextFactory(options), new ChangeFeed(), TimeProvider.System);
            await ledger.MigrateAsync(CancellationToken.None);
            if (!await FilledAsync(ledger))
                await new Generator(new GenerateOptions(folder, postgres, (int)(entries / 100), entries, 40, 60, 1), Console.Error.WriteLine).RunAsync(CancellationToken.None);
            var keys = new CheckpointKeys(Path.Combine(folder, "keys"));
            using var maker = new CheckpointMaker(
                ledger, new AuditTree(ledger), keys, new AuditOptions { KeyFolder = Path.Combine(folder, "keys"), StateFolder = folder }, TimeProvider.System, NullLogger<CheckpointMaker>.Instance);
            var signing = await TimeAsync(() => maker.MakeAsync(CancellationToken.None));
            var database = postgres is null ? "SQLite" : "PostgreSQL";
            return [.. await PagesAsync(ledger, database, runs), await VerifyAsync(ledger, keys, database), Row.Note($"first checkpoint, {database}", Measure.Ms(signing)), await ProofAsync(ledger, database)];
        }
        finally
        {
            if (given is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> FilledAsync(LedgerStore ledger)
    {
        await using var db = ledger.Read();
        return await db.Audit.AnyAsync();
    }

    private static async Task<IEnumerable<Row>> PagesAsync(LedgerStore ledger, string database, int runs)
    {
        var queries = new AuditQueries(ledger);
        var filters = await AuditPages.FiltersAsync(ledger);
        var (pages, keys, worst) = (new List<double>(), new List<double>(), (Milliseconds: 0.0, Filter: ""));
        for (var run = -1; run < runs; run++)
        {
            foreach (var filter in filters)
            {
                var took = await TimeAsync(() => queries.ListAsync(filter, CancellationToken.None));
                if (run < 0)
                    continue;
                pages.Add(took);
                if (took > worst.Milliseconds)
                    worst = (took, filter.ToString());
            }
            keys.Add(await TimeAsync(async () =>
            {
                await using var db = ledger.Read();
                await db.Audit.FirstAsync(entry => entry.Sequence == 4711);
            }));
        }
        var choices = new List<double>();
        for (var run = 0; run < runs; run++)
            choices.Add(await TimeAsync(() => queries.ActionsAsync(CancellationToken.None)));
        Console.Error.WriteLine($"slowest page: {worst.Milliseconds:0.0} ms, {worst.Filter}");
        var (page, key) = (new Measure(pages), new Measure(keys));
        return
        [
            new Row($"audit page of 100, p50 / p99 of {filters.Count} filters, {database}", $"{Measure.Ms(page.Median)} / {Measure.Ms(page.Percentile(0.99))}", $"{Measure.Ms(key.Median)} (one entry by its key)", "", $"p99 {Measure.Ms(PageTarget)}", page.Percentile(0.99) <= PageTarget),
            new Row($"choices of actions, p99, {database}", Measure.Ms(new Measure(choices).Percentile(0.99)), "", "", $"{Measure.Ms(PageTarget)}", new Measure(choices).Percentile(0.99) <= PageTarget),
        ];
    }

    private static async Task<Row> VerifyAsync(LedgerStore ledger, CheckpointKeys keys, string database)
    {
        using var verify = new AuditVerify(ledger, keys);
        var count = 0L;
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var took = await TimeAsync(async () =>
        {
            var result = await verify.RunAsync(CancellationToken.None);
            count = result.Intact ? result.Entries : throw new InvalidOperationException(result.Reason);
        }) / 1000;
        processor = Process.GetCurrentProcess().TotalProcessorTime - processor;
        var bare = Bare(count);
        var limit = VerifyTarget * count / Whole;
        return new Row(string.Create(CultureInfo.InvariantCulture, $"verify {count:N0} entries, {database}"),
            string.Create(CultureInfo.InvariantCulture, $"{took:0.0} s ({processor.TotalSeconds:0.0} s of processor)"),
            string.Create(CultureInfo.InvariantCulture, $"{bare:0.0} s (bare SHA-256 chain of 300 bytes each)"), Measure.Times(took / bare),
            string.Create(CultureInfo.InvariantCulture, $"{limit:0.0} s"), took <= limit);
    }

    private static double Bare(long count)
    {
        var block = new byte[300];
        var begun = Stopwatch.GetTimestamp();
        for (var at = 0L; at < count; at++)
            SHA256.HashData(block, block.AsSpan(0, 32));
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static async Task<Row> ProofAsync(LedgerStore ledger, string database)
    {
        var tree = new AuditTree(ledger);
        await using var db = ledger.Read();
        var size = await db.AuditHead.Select(head => head.Sequence).SingleAsync();
        var times = new List<double>();
        for (var at = 1; at <= 50; at++)
        {
            var sequence = size / 51 * at;
            times.Add(await TimeAsync(() => tree.InclusionAsync([sequence], size, CancellationToken.None)));
        }
        return Row.Note($"proof of one entry, p50, {database}", Measure.Ms(new Measure(times).Median));
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var begun = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
