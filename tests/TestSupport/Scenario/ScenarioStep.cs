using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.TestSupport.Scenario;

/// <summary>Stands in for a real kind of step, with its own description, so that the shipped playbook runs on it.</summary>
public sealed class ScenarioStep(StepKindDescription description, ReleaseScenario scenario) : IStep
{
    public StepKindDescription Description { get; } = description;

    public Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult(scenario.Look(context));

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken) => Task.FromResult(StepPlan.Empty);

    public Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken) => scenario.ActAsync(context, cancellationToken);
}
