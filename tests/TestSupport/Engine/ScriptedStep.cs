using System.Collections.Concurrent;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.TestSupport.Engine;

/// <summary>
/// A kind of step whose world is a dictionary: acting writes the step's key into it, observing looks there. Tests change
/// the world and the answers from outside.
/// </summary>
public sealed class ScriptedStep(string kind = "test.scripted", StepEffect effect = StepEffect.Outside) : IStep
{
    public StepKindDescription Description { get; } = new(kind, "A step of the tests.", effect)
    {
        Inputs = [new InputDescription("value", ValueKind.Text, "What the world is to hold.", Default: new InputValue.Text("intended"))],
        Outputs = [new OutputDescription("value", ValueKind.Text, "What the world holds.")],
    };

    /// <summary>The outside world: what each step has made there.</summary>
    public ConcurrentDictionary<string, string> World { get; } = new();

    /// <summary>How often each step acted.</summary>
    public ConcurrentDictionary<string, int> Acts { get; } = new();

    /// <summary>How often each intent, of whichever release, was acted on.</summary>
    public ConcurrentDictionary<string, int> ActsByIntent { get; } = new();

    /// <summary>Runs before acting, with the step's key: throw, wait or count here.</summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Replaces the answer of acting, after the world was changed.</summary>
    public Func<string, ActResult?> Answer { get; set; } = _ => null;

    /// <summary>Replaces what is observed.</summary>
    public Func<string, Observation?> Sight { get; set; } = _ => null;

    public Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var key = context.Definition.Id;
        if (Sight(key) is { } seen)
            return Task.FromResult(seen);
        if (!World.TryGetValue(key, out var value))
            return Task.FromResult<Observation>(new Observation.NotDone());
        var evidence = Evidence.Of(new EvidenceItem("value", EvidenceKind.Text, value));
        return Task.FromResult<Observation>(value == context.Inputs.Required("value")
            ? new Observation.Done(evidence)
            : new Observation.Different(new StepError("other", $"The world holds {value}.", "Somebody else wrote it.", "Look at it."), evidence));
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPlan([new PlanLine(PlanPhase.Act, $"$ write {context.Inputs.Text("value")}")], []));

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var key = context.Definition.Id;
        await Before(key, cancellationToken);
        context.Log.Write($"writing {context.Inputs.Required("value")}");
        Acts.AddOrUpdate(key, 1, (_, count) => count + 1);
        ActsByIntent.AddOrUpdate(context.IdempotencyKey, 1, (_, count) => count + 1);
        if (Answer(key) is ActResult.Failed refused)
            return refused;
        World[key] = context.Inputs.Required("value");
        return Answer(key) ?? new ActResult.Acted();
    }
}
