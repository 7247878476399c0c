using System.Diagnostics.CodeAnalysis;

namespace ReleaseDashboard.Core.Git;

/// <summary>The short name of a tag, such as <c>v1.2.0</c>.</summary>
public sealed record TagName
{
    private TagName(string value) => Value = value;

    public string Value { get; }

    public RefName Ref => RefName.Parse($"refs/tags/{Value}");

    public static bool TryParse(string? text, [NotNullWhen(true)] out TagName? name, [NotNullWhen(false)] out string? fault)
    {
        fault = RefNameRules.Fault(text);
        name = fault is null ? new TagName(text!) : null;
        return name is not null;
    }

    public static TagName Parse(string text) => TryParse(text, out var name, out var fault) ? name : throw new FormatException(fault);

    public override string ToString() => Value;
}
