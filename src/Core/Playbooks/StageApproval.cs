using static ReleaseDashboard.Core.Playbooks.PlaybookFaultCode;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>
/// An approval of a whole stage is a short way to write an approval step before its first step, which every step of the
/// stage needs. So there is one kind of approval to run, show and check, bound to evidence like any other.
/// </summary>
internal static class StageApproval
{
    internal static readonly IReadOnlyList<string> Keys = [.. ApprovalReader.RuleKeys, "inputs"];

    /// <summary>The step that stands for the stage's <c>approval</c>, as if it had been written; null when there is none.</summary>
    public static PlaybookNode? Of(MappingReader stage, string id, string title, FaultList faults)
    {
        if (stage.Find("approval") is not { } node)
            return null;
        if (node is not PlaybookNode.Mapping mapping)
        {
            faults.Add(WrongType, node, "approval must be a mapping of keys and values");
            return null;
        }
        List<(PlaybookNode.Scalar Key, PlaybookNode Value)> entries =
        [
            Entry("id", $"approve-{id}", node),
            Entry("title", $"Approve: {title}", node),
            Entry("kind", StepKindDescription.Approval, node),
            (Text("approval", node), mapping with { Entries = [.. mapping.Entries.Where(entry => entry.Key.Text != "inputs")] }),
        ];
        entries.AddRange(mapping.Entries.Where(entry => entry.Key.Text == "inputs"));
        return new PlaybookNode.Mapping(entries, node.Line, node.Column);
    }

    /// <summary>The step, waiting for the approval besides what it says itself.</summary>
    public static StepDraft After(StepDraft approval, StepDraft step)
    {
        var id = approval.Definition.Id;
        return step.Needs.Any(need => need.Id == id)
            ? step
            : step with
            {
                Definition = step.Definition with { Needs = [.. step.Definition.Needs, id] },
                Needs = [.. step.Needs, (id, approval.IdNode)],
            };
    }

    private static (PlaybookNode.Scalar Key, PlaybookNode Value) Entry(string key, string value, PlaybookNode at) => (Text(key, at), Text(value, at));

    private static PlaybookNode.Scalar Text(string text, PlaybookNode at) => new(text, IsPlain: false, at.Line, at.Column);
}
