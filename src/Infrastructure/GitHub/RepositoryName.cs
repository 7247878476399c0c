using System.Diagnostics.CodeAnalysis;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>Owner and name of a repository on GitHub.</summary>
public sealed record RepositoryName
{
    private RepositoryName(string owner, string name) => (Owner, Name) = (owner, name);

    public string Owner { get; }

    public string Name { get; }

    internal string Path => $"repos/{Owner}/{Name}";

    /// <summary>Reads <c>OWNER/NAME</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RepositoryName? name)
    {
        var parts = text?.Split('/');
        name = parts is [var owner, var own] && IsName(owner) && IsName(own) ? new RepositoryName(owner, own) : null;
        return name is not null;
    }

    public static RepositoryName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not OWNER/NAME.");

    public override string ToString() => $"{Owner}/{Name}";

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 100 && text is not ("." or "..") && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
