namespace ReleaseDashboard.Core.Git;

/// <summary>The rules of git check-ref-format, and none that begin with '-', so that no name is ever read as an option.</summary>
internal static class RefNameRules
{
    private const int LongestName = 250;

    /// <summary>Says what is wrong with a name; null when it is fine.</summary>
    public static string? Fault(string? name)
    {
        if (string.IsNullOrEmpty(name)) return "A name is needed.";
        if (name.Length > LongestName) return $"A name has at most {LongestName} characters.";
        if (name.Any(char.IsControl)) return "A name holds no control characters.";
        if (name.IndexOfAny([' ', '~', '^', ':', '?', '*', '[', '\\']) >= 0) return $"'{name}' holds a character that names may not hold.";
        if (name.StartsWith('-')) return $"'{name}' begins with '-'.";
        if (name.Contains("..", StringComparison.Ordinal)) return $"'{name}' holds '..'.";
        if (name.Contains("@{", StringComparison.Ordinal) || name == "@") return $"'{name}' holds '@' in a place where it has a meaning.";
        if (name.EndsWith('.')) return $"'{name}' ends with '.'.";
        return name.Split('/').Select(PartFault).FirstOrDefault(fault => fault is not null);
    }

    private static string? PartFault(string part) =>
        part.Length == 0 ? "A name has no empty part between slashes."
        : part.StartsWith('.') ? $"'{part}' begins with '.'."
        : part.EndsWith(".lock", StringComparison.Ordinal) ? $"'{part}' ends with '.lock'."
        : null;
}
