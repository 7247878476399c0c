using System.Diagnostics.CodeAnalysis;

namespace ReleaseDashboard.Core.Git;

/// <summary>A full reference name, such as <c>refs/heads/main</c>.</summary>
public sealed record RefName
{
    private RefName(string value) => Value = value;

    public string Value { get; }

    /// <summary>The branch that this reference is, when it is one.</summary>
    public BranchName? Branch =>
        Value.StartsWith("refs/heads/", StringComparison.Ordinal) ? BranchName.Parse(Value["refs/heads/".Length..]) : null;

    /// <summary>The tag that this reference is, when it is one.</summary>
    public TagName? Tag => Value.StartsWith("refs/tags/", StringComparison.Ordinal) ? TagName.Parse(Value["refs/tags/".Length..]) : null;

    public static bool TryParse(string? text, [NotNullWhen(true)] out RefName? name, [NotNullWhen(false)] out string? fault)
    {
        fault = RefNameRules.Fault(text) ?? (text!.StartsWith("refs/", StringComparison.Ordinal) ? null : $"'{text}' is not a full reference name.");
        name = fault is null ? new RefName(text!) : null;
        return name is not null;
    }

    public static RefName Parse(string text) => TryParse(text, out var name, out var fault) ? name : throw new FormatException(fault);

    public override string ToString() => Value;
}
