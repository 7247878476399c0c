namespace ReleaseDashboard.Core.Playbooks;

/// <summary>The two shapes of names in playbooks: ids, and dotted names of variables and kinds.</summary>
public static class DottedName
{
    /// <summary>An id: <c>[a-z][a-z0-9_-]*</c>.</summary>
    public static bool IsId(string text) =>
        text is [>= 'a' and <= 'z', ..] && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-');

    /// <summary>Two or more ids joined by dots, such as <c>project.package</c>.</summary>
    public static bool IsValid(string text)
    {
        var parts = text.Split('.');
        return parts.Length > 1 && parts.All(IsId);
    }
}
