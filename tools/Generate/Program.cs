using System.Diagnostics;
using ReleaseDashboard.Generate;

// Fills an empty ledger with years of releases and audit entries, to see how pages and verification behave then:
// dotnet run -c Release --project tools/Generate -- --data /tmp/years --releases 100000 --audit 10000000
// --database CONNECTION fills PostgreSQL instead. Serve it with ./run --data /tmp/years (people are p00, p01 …).
if (GenerateOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine("usage: --data FOLDER | --database CONNECTION  [--releases N] [--audit N] [--projects N] [--people N] [--seed N]");
    return 2;
}
var begun = Stopwatch.GetTimestamp();
await new Generator(options, line => Console.WriteLine($"{Stopwatch.GetElapsedTime(begun):mm\\:ss}  {line}")).RunAsync(CancellationToken.None);
return 0;
