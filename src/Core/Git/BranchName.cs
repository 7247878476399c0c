using System.Diagnostics.CodeAnalysis;

namespace ReleaseDashboard.Core.Git;

/// <summary>The short name of a branch, such as <c>main</c> or <c>release/1.2</c>.</summary>
public sealed record BranchName
{
    private BranchName(string value) => Value = value;

    public string Value { get; }

    public RefName Ref => RefName.Parse($"refs/heads/{Value}");

    public RefName RemoteRef(string remote) => RefName.Parse($"refs/remotes/{remote}/{Value}");

    public static bool TryParse(string? text, [NotNullWhen(true)] out BranchName? name, [NotNullWhen(false)] out string? fault)
    {
        fault = RefNameRules.Fault(text) ?? (text is "HEAD" ? "A branch cannot be called HEAD." : null);
        name = fault is null ? new BranchName(text!) : null;
        return name is not null;
    }

    public static BranchName Parse(string text) => TryParse(text, out var name, out var fault) ? name : throw new FormatException(fault);

    public override string ToString() => Value;
}
