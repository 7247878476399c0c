using static ReleaseDashboard.Core.Playbooks.PlaybookFaultCode;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>Turns the pieces of a playbook file into a playbook, or into a list of everything that is wrong with it.</summary>
public static class PlaybookReader
{
    internal static readonly IReadOnlyList<string> PlaybookKeys = ["schema", "name", "title", "revision", "description", "stages"];
    internal static readonly IReadOnlyList<string> StageKeys = ["id", "title", "approval", "steps"];

    /// <param name="root">The whole file.</param>
    /// <param name="catalogue">The kinds and variables that exist.</param>
    /// <param name="file">The file's name, for messages.</param>
    public static PlaybookReading Read(PlaybookNode root, PlaybookCatalogue catalogue, string file)
    {
        var faults = new FaultList(file);
        var playbook = ReadPlaybook(root, catalogue, faults);
        var found = faults.InFileOrder();
        return new PlaybookReading(found.Count == 0 ? playbook : null, found);
    }

    private static Playbook? ReadPlaybook(PlaybookNode root, PlaybookCatalogue catalogue, FaultList faults)
    {
        if (MappingReader.Open(root, "a playbook", faults, PlaybookKeys) is not { } reader)
            return null;
        if (reader.Require("schema") is not null)
            reader.Number("schema", Playbook.SchemaVersion, Playbook.SchemaVersion, Playbook.SchemaVersion);
        var name = reader.RequiredId("name");
        var title = reader.RequiredText("title");
        var revision = reader.Require("revision") is null ? 1 : reader.Number("revision", 1, 1, int.MaxValue);
        var description = reader.Text("description");
        var steps = new List<StepDraft>();
        var stages = ReadStages(reader, catalogue, steps, faults);
        if (steps.Count > Playbook.MaximumSteps)
        {
            // The checks below compare steps with each other: a file made to be slow stops here.
            faults.Add(BadValue, reader.Node, $"a playbook has at most {Playbook.MaximumSteps} steps");
            return null;
        }
        StepNeeds.Check(steps, faults);
        ReferenceCheck.Run(steps, catalogue, faults);
        return new Playbook(name, title, revision, description,
            [.. stages.Select(stage => new StageDefinition(stage.Id, stage.Title, [.. stage.Steps.Select(step => step.Definition)]))]);
    }

    private static List<(string Id, string Title, List<StepDraft> Steps)> ReadStages(
        MappingReader playbook, PlaybookCatalogue catalogue, List<StepDraft> all, FaultList faults)
    {
        var stages = new List<(string Id, string Title, List<StepDraft> Steps)>();
        var node = playbook.Require("stages");
        var items = playbook.Items("stages");
        if (node is PlaybookNode.Sequence && items.Count == 0)
            faults.Add(BadValue, node, "a playbook needs at least one stage");
        foreach (var item in items)
        {
            if (MappingReader.Open(item, "a stage", faults, StageKeys) is not { } reader)
                continue;
            var id = reader.RequiredId("id");
            if (id.Length > 0 && stages.Exists(other => other.Id == id))
                faults.Add(DuplicateId, reader.Find("id")!, $"there is a stage \"{id}\" already");
            var title = reader.RequiredText("title");
            stages.Add((id, title, ReadSteps(reader, StageApproval.Of(reader, id, title, faults), catalogue, all, faults)));
        }
        return stages;
    }

    private static List<StepDraft> ReadSteps(MappingReader stage, PlaybookNode? approval, PlaybookCatalogue catalogue, List<StepDraft> all, FaultList faults)
    {
        var steps = new List<StepDraft>();
        var node = stage.Require("steps");
        var items = stage.Items("steps");
        if (node is PlaybookNode.Sequence && items.Count == 0)
            faults.Add(BadValue, node, "a stage needs at least one step");
        foreach (var item in approval is null ? items : [approval, .. items])
        {
            if (StepReader.Read(item, catalogue, all.LastOrDefault(), faults) is not { } read)
                continue;
            var step = approval is null || item == approval ? read : StageApproval.After(steps[0], read);
            var first = all.Find(other => other.Definition.Id == step.Definition.Id);
            if (step.Definition.Id.Length > 0 && first is not null)
                faults.Add(DuplicateId, step.IdNode, $"there is a step \"{step.Definition.Id}\" already, in line {first.IdNode.Line}");
            all.Add(step);
            steps.Add(step);
        }
        return steps;
    }
}
