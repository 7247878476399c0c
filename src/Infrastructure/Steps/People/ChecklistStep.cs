using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Steps.People;

/// <summary>Items that people tick by name. Done when all are ticked.</summary>
internal sealed class ChecklistStep : IStep
{
    public StepKindDescription Description { get; } = new(StepKindDescription.Checklist, "People tick each item in their own name.", StepEffect.Person);

    public Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var items = context.Definition.Items;
        var ticks = items.Select(item => (Item: item, Tick: context.Ticks.FirstOrDefault(tick => tick.ItemId == item.Id))).ToList();
        var evidence = new Evidence([.. ticks.Where(row => row.Tick is not null)
            .Select(row => new EvidenceItem(row.Item.Id, EvidenceKind.Check, $"{row.Item.Text} (ticked by {row.Tick!.By})"))]);
        return Task.FromResult<Observation>(evidence.Items.Count == items.Count
            ? new Observation.Done(evidence)
            : new Observation.NeedsPerson($"{evidence.Items.Count} of {items.Count} ticked", evidence));
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken) =>
        Task.FromResult(StepPlan.Empty with { Note = "Each item is ticked by a named person." });

    public Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A checklist is ticked by people; the engine never acts on it.");
}
