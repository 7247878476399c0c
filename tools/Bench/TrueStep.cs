using System.Diagnostics;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Bench;

/// <summary>The smallest step that starts a process: <c>true</c>.</summary>
internal sealed class TrueStep : IStep
{
    public StepKindDescription Description { get; } = new("bench.true", "Starts the program true.", StepEffect.Local);

    /// <summary>Called with the moment (Stopwatch ticks) right before the process is started.</summary>
    public Action<long>? Started { get; set; }

    public Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult<Observation>(new Observation.NotDone());

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken) => Task.FromResult(StepPlan.Empty);

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        Started?.Invoke(Stopwatch.GetTimestamp());
        await RunAsync(cancellationToken);
        return new ActResult.Acted();
    }

    public Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken) =>
        Task.FromResult<Observation>(new Observation.Done(acted));

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/true") { UseShellExecute = false })!;
        await process.WaitForExitAsync(cancellationToken);
    }
}
