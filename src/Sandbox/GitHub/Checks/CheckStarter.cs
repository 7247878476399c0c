using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Checks;

/// <summary>Queues the script's check runs for a commit.</summary>
internal sealed class CheckStarter(CheckScript script, WorkflowStarter workflows, CheckEvents events, TimeProvider time)
{
    /// <summary>
    /// Starts the checks of a pull request: those workflows that it starts where the repository has workflows, and otherwise the
    /// script's, unless this commit had them already.
    /// </summary>
    public async Task StartAsync_NeedsTurn(SandboxRepository repository, PullRequest pull, string type, Persona? actor)
    {
        if (await workflows.PullAsync_NeedsTurn(repository, pull, type, actor))
            return;
        if (!repository.State.CheckRuns.Any(run => run.Sha == pull.HeadSha && run.Plan is not null))
            await RestartAsync_NeedsTurn(repository, pull.HeadSha);
    }

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
