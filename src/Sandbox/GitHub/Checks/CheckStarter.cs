using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Checks;

/// <summary>Queues the script's check runs for a commit.</summary>
internal sealed class CheckStarter(CheckScript script, CheckEvents events, TimeProvider time)
{
    /// <summary>Starts the checks, unless this commit had them already.</summary>
    public Task StartAsync_NeedsTurn(SandboxRepository repository, string sha) =>
        repository.State.CheckRuns.Any(run => run.Sha == sha && run.Plan is not null) ? Task.CompletedTask : RestartAsync_NeedsTurn(repository, sha);

    /// <summary>Starts the checks as the script has them now; older runs of the same names count no longer.</summary>
    public async Task RestartAsync_NeedsTurn(SandboxRepository repository, string sha)
    {
        var definitions = script.Checks;
        if (definitions.Count == 0)
            return;
        var now = time.GetUtcNow();
        var state = repository.State;
        var suite = state.NextId;
        var runs = definitions.Select((definition, at) => Queue(definition, suite + 1 + at, suite, sha, now)).ToList();
        repository.Save_NeedsTurn(state with { LastId = state.LastId + 1 + runs.Count, CheckRuns = state.CheckRuns.AddRange(runs) });
        await events.SendSuiteAsync(repository, suite, "requested");
        foreach (var run in runs)
            events.SendRun(repository, run, "created");
    }

    private static CheckRun Queue(CheckDefinition definition, int id, int suite, string sha, DateTimeOffset now)
    {
        var start = now.AddMilliseconds(definition.QueuedMilliseconds);
        return new CheckRun
        {
            Id = id,
            Suite = suite,
            Name = definition.Name,
            Sha = sha,
            Status = "queued",
            Plan = new CheckPlan(
                start, start.AddMilliseconds(definition.RunMilliseconds), definition.Outcome,
                definition.Output.Count > 0 ? string.Join('\n', definition.Output) : null, definition.Annotation),
        };
    }
}
