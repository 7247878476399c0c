namespace ReleaseDashboard.Core.Playbooks;

/// <summary>One step as the playbook defines it.</summary>
public sealed record StepDefinition
{
    /// <summary>Unique in the playbook, <c>[a-z][a-z0-9_-]*</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What people read in lists, such as "Set version".</summary>
    public required string Title { get; init; }

    /// <summary>The kind that runs it, such as <c>git.tag</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Markdown shown beside the step, may be empty. It may hold references.</summary>
    public Template Instructions { get; init; } = Template.Empty;

    /// <summary>Values by input name, with the kind's defaults filled in. Optional inputs without a value are absent.</summary>
    public IReadOnlyDictionary<string, InputValue> Inputs { get; init; } = new Dictionary<string, InputValue>();

    /// <summary>Ids of the steps that must be over first. Unless the file says otherwise: the step before it.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Whether a maintainer may skip it.</summary>
    public bool Optional { get; init; }

    /// <summary>The step is left out when this is false; null means always run.</summary>
    public Condition? When { get; init; }

    /// <summary>What the step touches, from its kind.</summary>
    public StepEffect Effect { get; init; }

    /// <summary>Whether what it does cannot be taken back (an upload, a merge).</summary>
    public bool Permanent { get; init; }

    /// <summary>How long it usually takes, until real runs tell better.</summary>
    public TimeSpan? Expected { get; init; }

    /// <summary>After this long an attempt stops and a person is asked; null means the kind decides.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Automatic retries; only on steps that read.</summary>
    public RetryRule? Retry { get; init; }

    /// <summary>What is to be ticked; empty on kinds other than <c>checklist</c>.</summary>
    public IReadOnlyList<ChecklistItem> Items { get; init; } = [];

    /// <summary>Who must approve; null on kinds other than <c>approval</c>.</summary>
    public ApprovalRule? Approval { get; init; }

    /// <summary>The text of an input, or null when it has no value. References are still in it: resolve first.</summary>
    public string? TextInput(string name) => Inputs.TryGetValue(name, out var value) ? value.ToString() : null;
}

/// <summary>How often an attempt is repeated without asking, and after which pause.</summary>
/// <param name="Attempts">All attempts together, 2 to 10.</param>
/// <param name="Delay">Pause before the next attempt.</param>
public sealed record RetryRule(int Attempts, TimeSpan Delay);

/// <summary>One line of a checklist, ticked by a named person.</summary>
/// <param name="Id">Unique in its step.</param>
/// <param name="Text">What the person confirms.</param>
/// <param name="Link">An address to look at, or null. It may hold references.</param>
/// <param name="Diff">Paths (git pathspecs) whose changes since the last release are shown beside it; empty for none.</param>
public sealed record ChecklistItem(string Id, string Text, Template? Link, IReadOnlyList<Template> Diff);
