using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>Runs a container to its end and removes it, whatever happens in between.</summary>
public sealed class ContainerRun(EngineClient engine, TimeProvider time)
{
    private static readonly TimeSpan CleanUp = TimeSpan.FromSeconds(30);

    // More is in the log; this is what checks look through.
    private const int MostLines = 20_000;

    /// <param name="timeout">After so long it is killed.</param>
    /// <param name="log">Receives each line as it is written.</param>
    public async Task<Result<ContainerOutcome, EngineError>> RunAsync(ContainerRequest request, TimeSpan timeout, Action<string> log, CancellationToken cancellation)
    {
        var made = await engine.CreateContainerAsync(request, cancellation);
        if (!made.IsOk)
            return made.Error;
        try
        {
            var started = await engine.StartContainerAsync(made.Value, cancellation);
            return started.IsOk ? await FollowAsync(made.Value, timeout, log, cancellation) : started.Error;
        }
        finally
        {
            // Also when the step was stopped: a container left behind would run on for ever.
            using var limit = new CancellationTokenSource(CleanUp, time);
            var removed = await engine.RemoveContainerAsync(made.Value, limit.Token);
            if (!removed.IsOk && removed.Error.Kind != EngineFailure.NotFound)
                log($"The container {made.Value[..12]} could not be removed: {removed.Error.Message}");
        }
    }

    private async Task<Result<ContainerOutcome, EngineError>> FollowAsync(string id, TimeSpan timeout, Action<string> log, CancellationToken cancellation)
    {
        var shown = 0;
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var timedOut = false;
        try
        {
            var followed = await engine.ReadContainerAsync(id, follow: true, line =>
            {
                shown++;
                log(line.Text);
            }, either.Token);
            if (!followed.IsOk)
                return followed.Error;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            timedOut = true;
            // It may have ended on its own at this very moment: then there is nothing to kill.
            var killed = await engine.KillContainerAsync(id, cancellation);
            if (!killed.IsOk && killed.Error.Kind is not (EngineFailure.Conflict or EngineFailure.NotFound))
                return killed.Error;
        }
        var code = await engine.WaitContainerAsync(id, cancellation);
        if (!code.IsOk)
            return code.Error;
        var lines = await AllAsync(id, shown, log, cancellation);
        if (!lines.IsOk)
            return lines.Error;
        var state = await engine.InspectContainerAsync(id, cancellation);
        return state.IsOk ? new ContainerOutcome(code.Value, timedOut, state.Value?.State.OOMKilled ?? false, lines.Value) : state.Error;
    }

    // Only what is read after the end is whole: following, the engine may stop before the last lines.
    private async Task<Result<IReadOnlyList<ContainerLine>, EngineError>> AllAsync(string id, int shown, Action<string> log, CancellationToken cancellation)
    {
        var lines = new List<ContainerLine>();
        var count = 0;
        var read = await engine.ReadContainerAsync(id, follow: false, line =>
        {
            if (++count > shown)
                log(line.Text);
            if (lines.Count < MostLines)
                lines.Add(line);
        }, cancellation);
        return read.IsOk ? lines : read.Error;
    }
}

/// <summary>How a container ended.</summary>
/// <param name="TimedOut">Whether it was killed for taking too long.</param>
/// <param name="OutOfMemory">Whether the kernel ended it.</param>
/// <param name="Lines">What it wrote, cut when very long.</param>
public sealed record ContainerOutcome(int ExitCode, bool TimedOut, bool OutOfMemory, IReadOnlyList<ContainerLine> Lines)
{
    public bool Succeeded => ExitCode == 0 && !TimedOut;
}
