using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>Roles as words, in commands, addresses and answers.</summary>
public static class RoleNames
{
    private static readonly Roles[] Single = [Roles.Viewer, Roles.Maintainer, Roles.Reviewer, Roles.Administrator];

    public static IReadOnlyList<string> List(Roles roles) =>
        [.. Single.Where(role => (roles & role) != 0).Select(role => role.ToString().ToLowerInvariant())];

    /// <summary>Such as <c>viewer, maintainer</c>; <c>none</c> for none.</summary>
    public static string Of(Roles roles) => roles == Roles.None ? "none" : string.Join(", ", List(roles));

    /// <summary>Reads names separated by commas. Null when one is unknown, <paramref name="unknown"/> then names it.</summary>
    public static Roles? Parse(string text, out string unknown)
    {
        var roles = Roles.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var found = Array.Find(Single, role => role.ToString().Equals(name, StringComparison.OrdinalIgnoreCase));
            if (found == Roles.None)
            {
                unknown = name;
                return null;
            }
            roles |= found;
        }
        unknown = "";
        return roles;
    }
}
