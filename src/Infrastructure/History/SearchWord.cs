namespace ReleaseDashboard.Infrastructure.History;

/// <summary>What one word of a search may stand for.</summary>
/// <param name="Projects">Ids of the projects whose name holds it.</param>
/// <param name="People">Sign-in names that hold it.</param>
/// <param name="VersionColumn">The column that holds a version of as many parts; null when it is no version.</param>
/// <param name="Version">The value there.</param>
internal sealed record SearchWord(IReadOnlyList<Guid> Projects, IReadOnlyList<string> People, string? VersionColumn, string Version)
{
    private const int MaximumWords = 5;

    public bool FitsNothing => Projects.Count == 0 && People.Count == 0 && VersionColumn is null;

    /// <summary>The words of a search; what goes beyond the first few is left out.</summary>
    public static IReadOnlyList<SearchWord> Read(string? search, IReadOnlyDictionary<Guid, string> projects, IReadOnlyList<string> people) =>
        [.. (search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MaximumWords).Select(word => One(word, projects, people))];

    private static SearchWord One(string word, IReadOnlyDictionary<Guid, string> projects, IReadOnlyList<string> people)
    {
        var (column, version) = VersionOf(word);
        return new SearchWord(
            [.. projects.Where(project => project.Value.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(project => project.Key)],
            [.. people.Where(name => name.Contains(word, StringComparison.OrdinalIgnoreCase))],
            column,
            version);
    }

    private static (string? Column, string Version) VersionOf(string word)
    {
        var text = word.TrimStart('v', 'V').TrimEnd('.').ToLowerInvariant();
        if (text.Length == 0 || !char.IsAsciiDigit(text[0]))
            return (null, "");
        var parts = text.Split('.');
        return (parts.Length <= 2 && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit)) ? parts.Length == 1 ? "VersionFirst" : "VersionSecond" : "Version", text);
    }
}
