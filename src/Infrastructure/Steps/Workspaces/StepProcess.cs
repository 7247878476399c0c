using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Running;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Steps.Workspaces;

/// <summary>Runs the programs of a step: command line and output go to its log, and the ledger knows the process.</summary>
internal sealed class StepProcess(ProcessRunner runner)
{
    // Enough to find the lines that say why; the log has them all.
    private const int MaximumLines = 20_000;

    /// <summary>Runs to the end. The step's own timeout is the only limit.</summary>
    /// <exception cref="OperationCanceledException">The step was stopped.</exception>
    public async Task<StepProcessOutcome> RunAsync(StepContext context, ProcessCommand command, CancellationToken cancellationToken)
    {
        var home = ReleaseWorkspace.HomeOf(context.Workspace);
        Directory.CreateDirectory(home);
        var variables = new Dictionary<string, string>(command.Environment ?? new Dictionary<string, string>()) { ["HOME"] = home };
        context.Log.Write("$ " + new SecretMask(command.Secrets ?? []).Apply(CommandText.Display(command.FileName, command.Arguments)));

        var kept = new List<string>();
        var outcome = await runner.RunAsync(
            command with { Environment = variables },
            (_, lines, _) =>
            {
                foreach (var line in lines)
                {
                    context.Log.Write(line);
                    if (kept.Count < MaximumLines)
                        kept.Add(line);
                }
                return ValueTask.CompletedTask;
            },
            ProcessLimits.Default with { Timeout = null },
            identity => new ValueTask(context.TrackProcess(Orphans.Describe(identity), cancellationToken)),
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new StepProcessOutcome(outcome, kept);
    }
}

/// <summary>How a program of a step ended.</summary>
/// <param name="Lines">Its output, both streams, masked; cut when it is very long.</param>
internal sealed record StepProcessOutcome(ProcessOutcome Outcome, IReadOnlyList<string> Lines)
{
    public bool Succeeded => Outcome.Succeeded;

    /// <summary>How it ended, for the "why" of an error.</summary>
    public string Ending => Outcome.ExitCode is { } code ? $"It ended with exit code {code}." : Outcome.Tail is [.., var last] ? last : "It could not be started.";
}
