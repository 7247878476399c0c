using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Approvals;

/// <summary>Who authored a commit that is being released. Its text stands in the evidence, so an approval covers it.</summary>
/// <param name="Email">As git has it.</param>
/// <param name="Login">At GitHub, where it is known; null otherwise.</param>
public sealed partial record CommitAuthor(string Name, string Email, string? Login)
{
    /// <summary>Name of the evidence item that lists them, one a line.</summary>
    public const string Item = "authors";

    /// <summary>The address that GitHub gives to people who hide theirs: <c>123+login@users.noreply.github.com</c>.</summary>
    public static string? LoginIn(string email) => NoReply().Match(email) is { Success: true } match ? match.Groups["login"].Value : null;

    public static string Text(IEnumerable<CommitAuthor> authors) =>
        string.Join('\n', authors.Select(author => author.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    public static IReadOnlyList<CommitAuthor> ParseAll(string? text) =>
        [.. (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    /// <summary>Whether this is that person: by GitHub login, by e-mail, or by a sign-in name that is the login.</summary>
    public bool Is(Signer person) =>
        Same(Login, person.GitHubLogin) || Same(Email, person.Email) || Same(Login, person.Name) || Same(Name, person.Name) || Same(Email, person.Name);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} <{Email}>{(Login is null ? "" : $" @{Login}")}");

    private static CommitAuthor Parse(string line)
    {
        var match = Line().Match(line);
        return match.Success
            ? new CommitAuthor(match.Groups["name"].Value, match.Groups["email"].Value, match.Groups["login"].Success ? match.Groups["login"].Value : null)
            : new CommitAuthor(line, "", null);
    }

    private static bool Same(string? one, string? other) => one is { Length: > 0 } && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?<name>.*) <(?<email>[^<>]*)>( @(?<login>\S+))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"^(\d+\+)?(?<login>[A-Za-z0-9-]+)@users\.noreply\.github\.com$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NoReply();
}
