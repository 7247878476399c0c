namespace ReleaseDashboard.Sandbox.GitHub.Actions.Files;

/// <summary>The events that start a workflow; null means that kind of event does not.</summary>
internal sealed record WorkflowTriggers(PullTrigger? Pull, PushTrigger? Push, DispatchTrigger? Dispatch);

/// <param name="Branches">Patterns of the branch that is merged into; null takes all.</param>
/// <param name="Types">What happened to the pull request.</param>
internal sealed record PullTrigger(IReadOnlyList<string>? Branches, IReadOnlyList<string> Types)
{
    public static IReadOnlyList<string> UsualTypes { get; } = ["opened", "synchronize", "reopened"];

    public bool Takes(string target, string type) => Types.Contains(type) && (Branches is null || RefPatterns.Match(Branches, target));
}

/// <summary>Where only tags are named, branches start nothing, and the other way round.</summary>
internal sealed record PushTrigger(IReadOnlyList<string>? Branches, IReadOnlyList<string>? Tags)
{
    public bool Takes(string reference)
    {
        var isTag = reference.StartsWith("refs/tags/", StringComparison.Ordinal);
        var (own, other) = isTag ? (Tags, Branches) : (Branches, Tags);
        return own is null ? other is null : RefPatterns.Match(own, reference[(isTag ? "refs/tags/" : "refs/heads/").Length..]);
    }
}

internal sealed record DispatchTrigger(IReadOnlyDictionary<string, DispatchInput> Inputs);

internal sealed record DispatchInput(bool Required, string? Default);
