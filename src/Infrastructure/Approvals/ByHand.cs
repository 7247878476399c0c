using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>
/// What people gave by hand to the steps that come after an approval: inputs that they corrected, and results of a step that
/// they marked as done. It decides what is published like everything else that is approved. The playbook's own values need no
/// item: they follow from what is approved already.
/// </summary>
internal static class ByHand
{
    private const string Marked = "by_hand";

    /// <summary>One item for each value, named <c>STEP.INPUT</c> or <c>STEP.outputs.OUTPUT</c>; none when nobody gave anything.</summary>
    /// <param name="outputs">Of the steps that the approval needs, and of no others: what is approved must not depend on how far the release is.</param>
    /// <param name="steps">All steps of the release as the ledger has them now.</param>
    public static IReadOnlyList<EvidenceItem> Of(
        ReleaseSnapshot snapshot, string approval, IReadOnlyDictionary<string, Evidence> outputs, IReadOnlyList<StepRecord> steps)
    {
        var given = steps.Where(step => step.Corrections.Count > 0 || IsMarked(step)).ToDictionary(step => step.Key);
        if (given.Count == 0)
            return [];
        var variables = new ReleaseVariables(snapshot.Facts, outputs);
        var published = PublishedAfter.Of(snapshot.Playbook, approval);
        return
        [
            .. snapshot.Playbook.Steps.Where(step => published.Steps.Contains(step.Id) && given.ContainsKey(step.Id))
                .SelectMany(step => Inputs(step, given[step.Id], variables)),
            .. published.Outputs.Where(output => given.TryGetValue(output.Step, out var step) && IsMarked(step))
                .Select(output => Output(output, given[output.Step])).OfType<EvidenceItem>(),
        ];
    }

    private static bool IsMarked(StepRecord step) => step is { Status: StepStatus.Succeeded, Evidence: { } evidence } && evidence[Marked] is not null;

    private static IEnumerable<EvidenceItem> Inputs(StepDefinition step, StepRecord record, ReleaseVariables variables)
    {
        foreach (var (input, text) in record.Corrections.OrderBy(correction => correction.Key, StringComparer.Ordinal))
        {
            var written = step.Inputs.GetValueOrDefault(input);
            var value = written is null ? text : Words(ReleaseSnapshot.Corrected(text, written));
            var unresolved = new List<string>();
            var instead = written is null ? "" : Words(written.Resolve(variables.Find, unresolved));
            // What follows from a later step is not known yet, so nothing can be told to be equal to it.
            if (unresolved.Count > 0)
                instead = Words(written!);
            else if (value == instead)
                continue;
            yield return new EvidenceItem($"{step.Id}.{input}", EvidenceKind.Text, value) { Instead = instead.Length == 0 ? null : instead };
        }
    }

    private static EvidenceItem? Output(StepOutput output, StepRecord record) =>
        record.Evidence![output.Name] is { } value ? new EvidenceItem($"{output.Step}.outputs.{output.Name}", EvidenceKind.Text, value) : null;

    // One item a line: joined by commas, a list of two would look like a list of one that holds a comma.
    private static string Words(InputValue value) => value is InputValue.List list ? string.Join('\n', list.Items) : value.ToString()!;
}
