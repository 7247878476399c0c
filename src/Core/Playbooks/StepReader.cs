using static ReleaseDashboard.Core.Playbooks.PlaybookFaultCode;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>Reads one step against the catalogue.</summary>
internal sealed class StepReader
{
    internal static readonly IReadOnlyList<string> StepKeys =
    [
        "id", "title", "kind", "instructions", "inputs", "needs", "optional", "when", "permanent", "expected", "timeout", "retry",
        "items", "approval",
    ];

    private readonly MappingReader _reader;
    private readonly FaultList _faults;
    private readonly List<PlacedReference> _references = [];

    private StepReader(MappingReader reader, FaultList faults) => (_reader, _faults) = (reader, faults);

    /// <param name="before">The step before it in the file, which it needs when it does not say otherwise.</param>
    public static StepDraft? Read(PlaybookNode node, PlaybookCatalogue catalogue, StepDraft? before, FaultList faults) =>
        MappingReader.Open(node, "a step", faults, StepKeys) is { } reader
            ? new StepReader(reader, faults).Read(catalogue, before)
            : null;

    private StepDraft Read(PlaybookCatalogue catalogue, StepDraft? before)
    {
        var id = _reader.RequiredId("id");
        var title = _reader.RequiredText("title");
        var kind = ReadKind(catalogue);
        var needs = ReadNeeds(before);
        var definition = new StepDefinition
        {
            Id = id,
            Title = title,
            Kind = kind?.Kind ?? "",
            Instructions = Remember(_reader.Template("instructions"), "instructions"),
            Inputs = kind is null ? new Dictionary<string, InputValue>() : InputReader.Read(kind, _reader, _references, _faults),
            Needs = [.. needs.Select(need => need.Id)],
            Optional = _reader.Flag("optional", fallback: false),
            When = ReadCondition(),
            Effect = kind?.Effect ?? StepEffect.Reads,
            Permanent = ReadPermanent(kind),
            Expected = _reader.Duration("expected"),
            Timeout = _reader.Duration("timeout"),
            Retry = ReadRetry(kind),
            Items = StepExtras.ReadItems(_reader, kind, _references, _faults),
            Approval = StepExtras.ReadApproval(_reader, kind, _faults),
        };
        return new StepDraft(definition, _reader.Find("id") ?? _reader.Node, needs, _references);
    }

    private StepKindDescription? ReadKind(PlaybookCatalogue catalogue)
    {
        var name = _reader.RequiredText("kind");
        var kind = catalogue.FindKind(name);
        if (kind is null && name.Length > 0)
        {
            var hint = NearestName.Hint(name, catalogue.Kinds.Select(known => known.Kind));
            _faults.Add(UnknownKind, _reader.Find("kind")!, $"there is no step kind \"{name}\"{hint}");
        }
        return kind;
    }

    private List<(string Id, PlaybookNode At)> ReadNeeds(StepDraft? before)
    {
        if (_reader.Find("needs") is null)
            return before is null || before.Definition.Id.Length == 0 ? [] : [(before.Definition.Id, _reader.Node)];
        var needs = new List<(string Id, PlaybookNode At)>();
        foreach (var item in _reader.Items("needs"))
        {
            if (_reader.AsText("needs", item) is not { } id)
                continue;
            if (needs.Exists(need => need.Id == id))
                _faults.Add(DuplicateId, item, $"\"{id}\" is needed twice");
            else
                needs.Add((id, item));
        }
        return needs;
    }

    private Condition? ReadCondition()
    {
        if (_reader.Find("when") is not { } node || _reader.AsText("when", node) is not { } text)
            return null;
        if (!Condition.TryParse(text, out var condition, out var reason, out var column))
        {
            _faults.Add(BadCondition, node, $"the condition cannot be read: {reason}", column);
            return null;
        }
        _references.AddRange(condition.References.Select(name => new PlacedReference(name, node, Wanted: null)));
        return condition;
    }

    private bool ReadPermanent(StepKindDescription? kind)
    {
        var permanent = _reader.Flag("permanent", kind?.Permanent ?? false);
        if (kind is { Permanent: true } && !permanent)
            _faults.Add(BadValue, _reader.Find("permanent")!, $"what {kind.Kind} does cannot be taken back, so \"permanent\" cannot be false");
        return permanent;
    }

    private RetryRule? ReadRetry(StepKindDescription? kind)
    {
        if (_reader.Find("retry") is not { } node || MappingReader.Open(node, "retry", _faults, "attempts", "delay") is not { } retry)
            return null;
        retry.Require("attempts");
        retry.Require("delay");
        var rule = new RetryRule(retry.Number("attempts", 2, 2, 10), retry.Duration("delay") ?? TimeSpan.FromSeconds(1));
        // A write whose answer was lost may have happened: repeating it is for a person, after a look.
        if (kind is { Effect: not StepEffect.Reads })
            _faults.Add(UnsafeRetry, node, $"{kind.Kind} does more than read, so it is never repeated without asking");
        return rule;
    }

    private Template Remember(Template template, string key)
    {
        _references.AddRange(template.References.Select(name => new PlacedReference(name, _reader.Find(key)!, Wanted: null)));
        return template;
    }
}
