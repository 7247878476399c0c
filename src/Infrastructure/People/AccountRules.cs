using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>What names and passwords may be.</summary>
public static partial class AccountRules
{
    public const int MinimumPassword = 12;
    public const int MaximumPassword = 256;

    /// <summary>Why the name cannot be taken, or null.</summary>
    public static string? NameFault(string? name) =>
        name is not null && Name().IsMatch(name)
            ? null
            : "A sign-in name has 1 to 39 letters, digits, dots, dashes or underscores, and begins with a letter or digit.";

    /// <summary>Why the password cannot be taken, or null. Length is what counts; rules about characters make worse passwords.</summary>
    public static string? PasswordFault(string? password, string name) => password switch
    {
        null or { Length: < MinimumPassword } => $"A password has at least {MinimumPassword} characters.",
        { Length: > MaximumPassword } => $"A password has at most {MaximumPassword} characters.",
        _ when password.Contains(name, StringComparison.OrdinalIgnoreCase) && password.Length < name.Length + 8 => "The password is too close to the sign-in name.",
        _ when password.Distinct().Count() < 4 => "The password repeats too few characters.",
        _ => null,
    };

    /// <summary>Why the group's name cannot be taken, or null.</summary>
    public static string? GroupNameFault(string? name) =>
        name is not null && Name().IsMatch(name) ? null : "A group's name has 1 to 39 letters, digits, dots, dashes or underscores, and begins with a letter or digit.";

    /// <summary>Why this cannot be a login at GitHub, or null.</summary>
    public static string? GitHubLoginFault(string login) => GitHubLogin().IsMatch(login) ? null : "A GitHub login has 1 to 39 letters, digits or dashes.";

    /// <summary>Why this cannot be an e-mail address, or null. Only a message that arrives proves that it is one.</summary>
    public static string? EmailFault(string address) => address.Length <= 254 && Email().IsMatch(address) ? null : "That is no e-mail address: it looks like name@host.";

    public static string Normalize(string name) => name.ToUpperInvariant();

    internal static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,38}$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\\[bot\\])?$", RegexOptions.NonBacktracking)]
    private static partial Regex GitHubLogin();

    [GeneratedRegex("^[^@\\s\\p{C}<>,;\"]+@[A-Za-z0-9.-]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Email();
}
