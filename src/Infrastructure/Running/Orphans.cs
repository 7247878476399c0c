using System.Text.Json;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Processes;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Ends what the last worker of a step left running, so that two never work on one step.</summary>
internal sealed class Orphans(OrphanProcesses processes)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public static string Describe(ProcessIdentity identity) => JsonSerializer.Serialize(identity);

    public async Task EndAsync(Claim claim, IStepLog log, CancellationToken cancellationToken)
    {
        if (claim.OrphanProcess is not { } text || JsonSerializer.Deserialize<ProcessIdentity>(text) is not { } identity)
            return;
        if (!OrphanProcesses.IsThere(identity))
            return;
        log.Write($"Ending process {identity.Pid} that an earlier worker left running.");
        await processes.EndAsync(identity, Grace, cancellationToken);
    }
}
