using System.Globalization;
using ReleaseDashboard.Bench;
using ReleaseDashboard.TestSupport.Databases;

// Prints each figure against its reference from the same run. Absolute times differ between machines; ratios tell.
// Names as arguments choose rows: engine, click, wrapper, promotion, start, audit, served, history, releases.
// --audit=N makes that many audit entries (10,000,000), --audit-data=FOLDER takes a folder of tools/Generate instead.
// --runs=N repeats the long rows (wrapper, promotion, start) another number of times.
if (await PromotionChild.RunAsync(args) is { } ended)
    return ended;
var rows = new List<Row>();
var names = args.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
var repeat = args.Where(argument => argument.StartsWith("--runs=", StringComparison.Ordinal)).Select(argument => int.Parse(argument["--runs=".Length..], CultureInfo.InvariantCulture)).FirstOrDefault();
if (Asked("engine"))
{
    rows.Add(DiskSync.Run(runs: 200));
    rows.AddRange(await EngineOverhead.RunAsync(runs: repeat > 0 ? repeat : 100));
}
if (Asked("click"))
    rows.Add(await ClickToProcess.RunAsync(runs: 200));
if (Asked("wrapper"))
    rows.Add(await WrapperRelease.RunAsync(runs: repeat > 0 ? repeat : 3));
if (Asked("promotion"))
    rows.AddRange(await Promotion.RunAsync(runs: repeat > 0 ? repeat : 3));
if (Asked("start"))
    rows.Add(await StartToFirstPage.RunAsync(runs: repeat > 0 ? repeat : 9));
if (Asked("audit"))
    rows.AddRange(await AuditTrail.RunAsync(long.Parse(Option("audit") ?? "10000000", CultureInfo.InvariantCulture), Option("audit-data"), Option("audit-database"), runs: repeat > 0 ? repeat : 3));
if (Asked("served"))
    rows.AddRange(await ServedPages.RunAsync(long.Parse(Option("audit") ?? "10000000", CultureInfo.InvariantCulture), Option("audit-data"), Option("audit-database"), runs: repeat > 0 ? repeat : 40));
if (Asked("history"))
    rows.AddRange(await HistoryPages.RunAsync(runs: repeat > 0 ? repeat : 40));
if (Asked("releases"))
    rows.AddRange(await ReleasePages.RunAsync(runs: repeat > 0 ? repeat : 40));
// One server for all rows that ask for it.
await PostgresServer.StopSharedAsync();
if (rows.Count == 0)
{
    Console.Error.WriteLine("Rows: engine, click, wrapper, promotion, start, audit, served, history, releases. Without a name all of them.");
    return 1;
}
Table.Print(rows);
return 0;

string? Option(string name) => args.Where(argument => argument.StartsWith($"--{name}=", StringComparison.Ordinal)).Select(argument => argument[(name.Length + 3)..]).FirstOrDefault();

bool Asked(string name) => names.Count == 0 || names.Contains(name);
