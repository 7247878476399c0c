using static ReleaseDashboard.Core.Playbooks.PlaybookFaultCode;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>Checks that needs name steps, and that no step waits for itself.</summary>
internal static class StepNeeds
{
    public static void Check(IReadOnlyList<StepDraft> steps, FaultList faults)
    {
        var ids = steps.Select(step => step.Definition.Id).Where(id => id.Length > 0).ToHashSet();
        foreach (var step in steps)
            foreach (var (need, at) in step.Needs.Where(need => !ids.Contains(need.Id)))
                faults.Add(UnknownNeed, at, $"there is no step \"{need}\" to need{NearestName.Hint(need, ids)}");

        foreach (var cycle in GraphOf(steps).FindCycles())
        {
            var first = steps.First(step => step.Definition.Id == cycle[0]);
            var at = first.Needs.First(need => need.Id == cycle[1]).At;
            faults.Add(Cycle, at, $"these steps wait for each other: {string.Join(" -> ", cycle)}");
        }
    }

    /// <summary>The graph of the steps; of steps with the same id, the first.</summary>
    public static StepGraph GraphOf(IReadOnlyList<StepDraft> steps) =>
        new(steps.Where(step => step.Definition.Id.Length > 0)
            .DistinctBy(step => step.Definition.Id)
            .Select(step => (step.Definition.Id, step.Definition.Needs)));
}
