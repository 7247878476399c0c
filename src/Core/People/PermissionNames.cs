using System.Text;

namespace ReleaseDashboard.Core.People;

/// <summary>Permissions as words for commands and answers: <c>start-release</c>.</summary>
public static class PermissionNames
{
    private static readonly Dictionary<string, Permission> ByName = Enum.GetValues<Permission>().ToDictionary(Of, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<Permission>().Select(Of)];

    public static string Of(Permission permission)
    {
        var text = new StringBuilder();
        foreach (var letter in permission.ToString())
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }

    /// <summary>Null for a word that names none.</summary>
    public static Permission? Parse(string name) => ByName.TryGetValue(name.Trim(), out var permission) ? permission : null;
}
