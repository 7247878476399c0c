using System.Diagnostics.CodeAnalysis;

namespace ReleaseDashboard.Core.Git;

/// <summary>A full object name: 40 (SHA-1) or 64 (SHA-256) hexadecimal digits, in lower case.</summary>
public sealed record CommitSha
{
    private const int AbbreviatedLength = 8;

    private CommitSha(string value) => Value = value;

    public string Value { get; }

    /// <summary>The first digits, for display only.</summary>
    public string Abbreviated => Value[..AbbreviatedLength];

    public static bool TryParse(string? text, [NotNullWhen(true)] out CommitSha? sha)
    {
        sha = text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigit) ? new CommitSha(text.ToLowerInvariant()) : null;
        return sha is not null;
    }

    public static CommitSha Parse(string text) =>
        TryParse(text, out var sha) ? sha : throw new FormatException($"'{text}' is not a full commit SHA.");

    public override string ToString() => Value;
}
