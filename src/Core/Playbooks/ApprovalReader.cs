using ReleaseDashboard.Core.Approvals;
using static ReleaseDashboard.Core.Playbooks.PlaybookFaultCode;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>Reads the rule of an approval: one kind of signers in short, or a list of them under <c>require</c>.</summary>
internal static class ApprovalReader
{
    internal static readonly IReadOnlyList<string> SignerKeys = ["count", "role", "group", "people"];
    internal static readonly IReadOnlyList<string> RuleKeys = [.. SignerKeys, "require", "not_starter", "not_author", "same_person", "within", "remind"];

    private const int MaximumRequirements = 10;
    private static readonly string[] Signers = ["role", "group", "people"];

    /// <summary>The rule, or null when it has a fault that leaves nothing to go on with.</summary>
    public static ApprovalRule? Read(PlaybookNode node, FaultList faults)
    {
        if (MappingReader.Open(node, "approval", faults, RuleKeys) is not { } reader)
            return null;
        var require = reader.Find("require") is { } list ? ReadList(reader, list, faults) : ReadOne(reader, faults) is { } one ? [one] : [];
        var rule = new ApprovalRule(require)
        {
            NotStarter = reader.Flag("not_starter", fallback: true),
            NotAuthor = reader.Flag("not_author", fallback: false),
            SamePerson = reader.Flag("same_person", fallback: false),
            Within = reader.Duration("within"),
            Remind = reader.Duration("remind"),
        };
        if (rule is { Within: { } within, Remind: { } remind } && remind >= within)
            faults.Add(BadValue, reader.Find("remind")!, "\"remind\" must be shorter than \"within\"");
        if (require.Count > 0 && IsHopeless(rule))
            faults.Add(BadValue, reader.Find("require") ?? node, "these signatures can never come together: each person signs once, and too few people are named");
        return rule;
    }

    private static List<SignatureRequirement> ReadList(MappingReader rule, PlaybookNode list, FaultList faults)
    {
        foreach (var key in SignerKeys)
        {
            if (rule.Find(key) is { } beside)
                faults.Add(UnknownKey, beside, $"\"{key}\" belongs into an item of \"require\" when there is such a list");
        }
        var items = rule.Items("require");
        if (list is PlaybookNode.Sequence && items.Count is 0 or > MaximumRequirements)
            faults.Add(BadValue, list, $"\"require\" has 1 to {MaximumRequirements} items");
        var read = new List<SignatureRequirement>();
        foreach (var item in items)
        {
            if (MappingReader.Open(item, "a required signature", faults, SignerKeys) is { } reader && ReadOne(reader, faults) is { } requirement)
                read.Add(requirement);
        }
        return read;
    }

    private static SignatureRequirement? ReadOne(MappingReader reader, FaultList faults)
    {
        var given = Signers.Where(key => reader.Find(key) is not null).ToList();
        if (given.Count != 1)
        {
            if (given.Count == 0)
                faults.Add(MissingKey, reader.Node, "who signs is missing: it needs one of the keys \"role\", \"group\", \"people\" and \"require\"");
            else
                faults.Add(BadValue, reader.Find(given[1])!, $"\"{given[0]}\" and \"{given[1]}\" exclude each other: write two items under \"require\"");
            return null;
        }
        var count = reader.Number("count", 1, 1, 20);
        return given[0] switch
        {
            "role" => Role(reader, faults) is { } role ? new SignatureRequirement(count, Role: role) : null,
            "group" => reader.RequiredText("group") is { Length: > 0 } group ? new SignatureRequirement(count, Group: group.Trim()) : null,
            _ => People(reader, count, faults),
        };
    }

    private static string? Role(MappingReader reader, FaultList faults)
    {
        var role = reader.RequiredText("role");
        if (role.Length == 0 || ApprovalRule.Roles.Contains(role))
            return role.Length == 0 ? null : role;
        faults.Add(BadValue, reader.Find("role")!, $"\"role\" must be one of {string.Join(", ", ApprovalRule.Roles)}{NearestName.Hint(role, ApprovalRule.Roles)}");
        return null;
    }

    private static SignatureRequirement? People(MappingReader reader, int count, FaultList faults)
    {
        var names = new List<string>();
        foreach (var item in reader.Items("people"))
        {
            if (reader.AsText("people", item)?.Trim() is not { } name)
                continue;
            if (name.Length == 0)
                faults.Add(BadValue, item, "a name must not be empty");
            else if (names.Contains(name, StringComparer.OrdinalIgnoreCase))
                faults.Add(DuplicateId, item, $"\"{name}\" is named twice");
            else
                names.Add(name);
        }
        if (reader.Find("people") is not PlaybookNode.Sequence node)
            return null;
        if (names.Count >= count)
            return new SignatureRequirement(count, People: names);
        faults.Add(BadValue, node, $"{count} must sign, but \"people\" names {names.Count}");
        return null;
    }

    // Only named people can be counted here: who has a role or is in a group changes.
    private static bool IsHopeless(ApprovalRule rule)
    {
        if (rule.SamePerson || rule.Require.Any(each => each.People is null))
            return false;
        var everybody = rule.Require.SelectMany(each => each.People!).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return Signatures.Match(rule, [.. everybody.Select(name => new Signature(name, []))]).Any(slot => slot.Missing > 0);
    }
}
