using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Steps;

/// <summary>What a step may use to say what it will do, before a release exists.</summary>
/// <param name="Facts">The release as it would start now.</param>
/// <param name="Definition">The step as the playbook defines it.</param>
/// <param name="Inputs">Its inputs with references to <c>project</c> and <c>release</c> resolved; outputs of earlier steps stay as <c>‹step.output›</c>.</param>
/// <param name="Checkout">A read-only checkout of the base commit, or null when none can be made.</param>
public sealed record PlanContext(ReleaseFacts Facts, StepDefinition Definition, StepInputs Inputs, string? Checkout);
