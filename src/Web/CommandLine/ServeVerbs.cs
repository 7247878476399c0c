using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.CommandLine;

/// <summary><c>serve</c>, <c>web</c> and <c>worker</c>: the roles of the one program.</summary>
internal static class ServeVerbs
{
    public static void AddTo(RootCommand root)
    {
        var serve = new Command("serve", "Run web and worker in one process (the default).");
        serve.SetAction((parse, cancellationToken) => ServeAsync(parse, isWorker: true, cancellationToken));
        var web = new Command("web", "Run the web role only.");
        web.SetAction((parse, cancellationToken) => ServeAsync(parse, isWorker: false, cancellationToken));
        var worker = new Command("worker", "Run the worker role only.");
        worker.SetAction(WorkAsync);
        root.Subcommands.Add(serve);
        root.Subcommands.Add(web);
        root.Subcommands.Add(worker);
        root.SetAction((parse, cancellationToken) => ServeAsync(parse, isWorker: true, cancellationToken));
    }

    private static async Task<int> ServeAsync(ParseResult parse, bool isWorker, CancellationToken cancellationToken)
    {
        try
        {
            await using var application = ReleaseWebApplication.Build(new ReleaseWebOptions
            {
                Arguments = GlobalOptions.ToArguments(parse),
                ContentRoot = AppContext.BaseDirectory,
                IsWorker = isWorker,
            });
            await application.StartAsync(cancellationToken);
            StartBanner.Write(parse.InvocationConfiguration.Output, application);
            await application.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (ConfigurationException exception)
        {
            return CommandRun.Report(parse.InvocationConfiguration.Error, exception);
        }
        catch (OperationCanceledException exception) when (exception.InnerException is not TimeoutException)
        {
            // Ctrl-C or SIGTERM while it still started: the host cancels its start by a token of its own.
            return 0;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await parse.InvocationConfiguration.Error.WriteLineAsync($"{exception.Message} Choose another with --urls, or for the sandbox with --set Sandbox:Url=http://127.0.0.1:PORT.");
            return 2;
        }
    }

    private static async Task<int> WorkAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        try
        {
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
            {
                Args = [.. GlobalOptions.ToArguments(parse)],
                ContentRootPath = AppContext.BaseDirectory,
            });
            builder.Services.AddHostedService<LedgerStart>();
            builder.Services.AddDashboardCore(DashboardOptionsReader.Read(builder.Configuration), isWorker: true);
            using var host = builder.Build();
            await host.RunAsync(cancellationToken);
            return 0;
        }
        catch (ConfigurationException exception)
        {
            return CommandRun.Report(parse.InvocationConfiguration.Error, exception);
        }
    }
}
