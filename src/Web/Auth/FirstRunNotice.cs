using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Prints the set-up code when nobody can sign in yet.</summary>
internal sealed partial class FirstRunNotice(FirstRun firstRun, DashboardOptions options, ILogger<FirstRunNotice> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.IsSandbox && await firstRun.IsNeededAsync(cancellationToken))
            Log.Code(logger, firstRun.Code);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "There is no account yet. Open /setup in the browser. Set-up code: {Code}")]
        public static partial void Code(ILogger logger, string code);
    }
}
