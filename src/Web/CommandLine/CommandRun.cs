using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Configuration;
using ReleaseDashboard.Web.Live;

namespace ReleaseDashboard.Web.CommandLine;

/// <summary>
/// One verb at work on the same ledger as the server, which may be running: it takes no lock on the data folder, and a
/// write waits for the server's like any other.
/// </summary>
internal sealed class CommandRun(IServiceProvider services, TextWriter output, TextWriter errors)
{
    public TextWriter Output => output;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public int Say(string line)
    {
        output.WriteLine(line);
        return 0;
    }

    public int Fail(string line)
    {
        errors.WriteLine(line);
        return 1;
    }

    public int Report(ActionResult result, string done) => result.IsDone ? Say(done) : Fail(result.Message);

    /// <summary>A verb's action: opens the ledger, runs, reports what went wrong in one line.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Action(Func<CommandRun, ParseResult, CancellationToken, Task<int>> act) =>
        async (parse, cancellationToken) =>
        {
            var errors = parse.InvocationConfiguration.Error;
            try
            {
                var services = new ServiceCollection();
                services.AddLogging();
                services.AddSingleton<IConfiguration>(CommandConfiguration.Read(parse));
                services.AddDashboardCore(DashboardOptionsReader.Read(CommandConfiguration.Read(parse)), isWorker: false);
                services.AddPages();
                await using var provider = services.BuildServiceProvider();
                await MigrateAsync(provider.GetRequiredService<LedgerStore>(), cancellationToken);
                var code = await act(new CommandRun(provider, parse.InvocationConfiguration.Output, errors), parse, cancellationToken);
                // What another process's entry held back has no later turn here.
                await provider.GetRequiredService<RefusalTrail>().FlushAsync(everything: true);
                return code;
            }
            catch (ConfigurationException exception)
            {
                return Report(errors, exception);
            }
        };

    public static int Report(TextWriter errors, ConfigurationException exception)
    {
        errors.WriteLine("The configuration cannot be used:");
        foreach (var fault in exception.Faults)
            errors.WriteLine("  " + fault);
        return 2;
    }

    // Only when something is missing: the server may be at work.
    private static async Task MigrateAsync(LedgerStore ledger, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            await ledger.MigrateAsync(cancellationToken);
    }
}
