using ReleaseDashboard.Infrastructure.Preparation.Plans;
using ReleaseDashboard.Web.Components.Commands;
using CoreEffect = ReleaseDashboard.Core.Playbooks.StepEffect;

namespace ReleaseDashboard.Web.NewRelease.Plan;

/// <summary>Which badges a step or a plan carries.</summary>
public static class PlanEffects
{
    public static IEnumerable<StepEffect> Of(PlannedStep step) =>
        step.Permanent ? [Of(step.Effect), StepEffect.CannotBeUndone] : [Of(step.Effect)];

    public static IEnumerable<(StepEffect Effect, int Count)> Of(PlanTotals totals) =>
        new[]
        {
            (StepEffect.Reads, totals.Reads), (StepEffect.WritesLocally, totals.Local), (StepEffect.WritesOutside, totals.Outside),
            (StepEffect.NeedsPerson, totals.People), (StepEffect.CannotBeUndone, totals.Permanent),
        }.Where(row => row.Item2 > 0);

    private static StepEffect Of(CoreEffect effect) => effect switch
    {
        CoreEffect.Reads => StepEffect.Reads,
        CoreEffect.Local => StepEffect.WritesLocally,
        CoreEffect.Outside => StepEffect.WritesOutside,
        CoreEffect.Person => StepEffect.NeedsPerson,
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, null),
    };
}
