using Microsoft.Extensions.Hosting;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Checks;

/// <summary>Moves scripted check runs on when their time has come. All of it is in the document, so a restart goes on.</summary>
internal sealed class CheckClock(SandboxRepositories repositories, CheckEvents events, EffectLog effects, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var repository in repositories.All.Where(found => Due(found).Any()))
                await MoveOnAsync(repository);
        }
    }

    private IEnumerable<CheckRun> Due(SandboxRepository repository)
    {
        var now = time.GetUtcNow();
        return repository.State.CheckRuns.Where(run =>
            run is { Plan: { } plan } && ((run.Status == "queued" && plan.StartAt <= now) || (run.Status == "in_progress" && plan.EndAt <= now)));
    }

    private async Task MoveOnAsync(SandboxRepository repository)
    {
        using var turn = await repository.EnterAsync();
        foreach (var run in Due(repository).ToList())
        {
            var next = run.Status == "queued" ? run with { Status = "in_progress", StartedAt = run.Plan!.StartAt } : Complete(run, run.Plan!);
            repository.Save_NeedsTurn(repository.State with { CheckRuns = repository.State.CheckRuns.Replace(run, next) });
            if (next.Status != "completed")
                continue;
            await effects.AppendAsync(new Effect("github", "check.complete", $"{repository.FullName} {next.Name} {next.Conclusion}", next.Sha));
            events.SendRun(repository, next, "completed");
            if (repository.State.CheckRuns.Where(other => other.Suite == run.Suite).All(other => other.Status == "completed"))
                await events.SendSuiteAsync(repository, run.Suite, "completed");
        }
    }

    private static CheckRun Complete(CheckRun run, CheckPlan plan) => run with
    {
        Status = "completed",
        Conclusion = plan.Conclusion,
        CompletedAt = plan.EndAt,
        Title = $"{run.Name}: {plan.Conclusion}",
        Summary = plan.Output?.Split('\n')[^1] ?? plan.Conclusion,
        Text = plan.Output,
        Annotations = plan.Annotation is { } annotation ? [annotation] : [],
    };
}
