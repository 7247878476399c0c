using static ReleaseDashboard.Core.Playbooks.PlaybookFaultCode;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>The keys that only steps for people have: the items of a checklist, the rule of an approval.</summary>
internal static class StepExtras
{
    internal static readonly IReadOnlyList<string> ItemKeys = ["id", "text", "link", "diff"];

    public static IReadOnlyList<ChecklistItem> ReadItems(
        MappingReader step, StepKindDescription? kind, List<PlacedReference> references, FaultList faults)
    {
        var node = step.Find("items");
        if (!Belongs(node, "items", StepKindDescription.Checklist, kind, step, faults))
            return [];
        var nodes = step.Items("items");
        if (node is PlaybookNode.Sequence && nodes.Count == 0)
            faults.Add(BadValue, node, "a checklist needs at least one item");
        var items = new List<ChecklistItem>();
        foreach (var each in nodes)
        {
            if (MappingReader.Open(each, "a checklist item", faults, ItemKeys) is not { } reader)
                continue;
            var id = reader.RequiredId("id");
            if (id.Length > 0 && items.Exists(other => other.Id == id))
                faults.Add(DuplicateId, reader.Find("id")!, $"there is an item \"{id}\" in this checklist already");
            var link = reader.Find("link") is { } at ? Remember(reader.AsTemplate("link", at), at, references) : null;
            var diff = reader.Items("diff").Select(path => Remember(reader.AsTemplate("diff", path), path, references)).ToList();
            items.Add(new ChecklistItem(id, reader.RequiredText("text"), link, diff));
        }
        return items;
    }

    public static ApprovalRule? ReadApproval(MappingReader step, StepKindDescription? kind, FaultList faults)
    {
        var node = step.Find("approval");
        return Belongs(node, "approval", StepKindDescription.Approval, kind, step, faults) ? ApprovalReader.Read(node!, faults) : null;
    }

    private static bool Belongs(
        PlaybookNode? node, string key, string owner, StepKindDescription? kind, MappingReader step, FaultList faults)
    {
        if (kind is not null && kind.Kind != owner && node is not null)
            faults.Add(UnknownKey, node, $"only steps of kind {owner} have \"{key}\"");
        if (kind?.Kind == owner && node is null)
            faults.Add(MissingKey, step.Node, $"a step of kind {owner} needs the key \"{key}\"");
        return node is not null && (kind is null || kind.Kind == owner);
    }

    private static Template Remember(Template template, PlaybookNode at, List<PlacedReference> references)
    {
        references.AddRange(template.References.Select(name => new PlacedReference(name, at, Wanted: null)));
        return template;
    }
}
