using ReleaseDashboard.Core.History;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>What one word of a search may stand for.</summary>
/// <param name="Text">The word itself.</param>
/// <param name="Projects">Ids of the projects whose name holds it.</param>
/// <param name="People">Sign-in names that hold it.</param>
/// <param name="VersionColumn">The column that holds a version of as many parts; null when it is no version.</param>
/// <param name="Version">The value there.</param>
/// <param name="Releases">Ids of the releases that are over and have a commit that begins like it.</param>
internal sealed record SearchWord(
    string Text, IReadOnlyList<Guid> Projects, IReadOnlyList<string> People, string? VersionColumn, string Version, IReadOnlyList<Guid> Releases)
{
    private const int MaximumWords = 5;

    /// <summary>Whether no release that is over can fit.</summary>
    public bool FitsNothing => Projects.Count == 0 && People.Count == 0 && VersionColumn is null && Releases.Count == 0;

    /// <summary>The words of a search; what goes beyond the first few is left out.</summary>
    /// <param name="people">Everybody who started a release that is over.</param>
    public static async Task<IReadOnlyList<SearchWord>> ReadAsync(
        LedgerContext db, string? search, VisibleProjects visible, IReadOnlyList<string> people, CancellationToken cancellationToken)
    {
        var words = new List<SearchWord>();
        foreach (var word in (search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MaximumWords))
        {
            var releases = CommitSearch.PrefixOf(word) is { } prefix ? await CommitSearch.ReleasesAsync(db, prefix, visible, cancellationToken) : [];
            words.Add(One(word, visible.Names, people, releases));
        }
        return words;
    }

    /// <summary>Whether it can be the beginning of a commit.</summary>
    public bool CanBeCommit => CommitSearch.PrefixOf(Text) is not null;

    /// <summary>Whether a release fits, judged by what it says itself.</summary>
    /// <param name="commits">See <see cref="ReleaseCommits"/>.</param>
    public bool Fits(Guid projectId, string version, string startedBy, IReadOnlyList<string> commits) =>
        Projects.Contains(projectId)
        || startedBy.Contains(Text, StringComparison.OrdinalIgnoreCase)
        || (VersionColumn is { } column && Key(column, version) == Version)
        || (CommitSearch.PrefixOf(Text) is { } prefix && commits.Any(commit => commit.StartsWith(prefix, StringComparison.Ordinal)));

    private static SearchWord One(string word, IReadOnlyDictionary<Guid, string> projects, IReadOnlyList<string> people, IReadOnlyList<Guid> releases)
    {
        var (column, version) = VersionOf(word);
        return new SearchWord(
            word,
            [.. projects.Where(project => project.Value.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(project => project.Key)],
            [.. people.Where(name => name.Contains(word, StringComparison.OrdinalIgnoreCase))],
            column,
            version,
            releases);
    }

    private static (string? Column, string Version) VersionOf(string word)
    {
        var text = word.TrimStart('v', 'V').TrimEnd('.').ToLowerInvariant();
        if (text.Length == 0 || !char.IsAsciiDigit(text[0]))
            return (null, "");
        var parts = text.Split('.');
        return (parts.Length <= 2 && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit)) ? parts.Length == 1 ? "VersionFirst" : "VersionSecond" : "Version", text);
    }

    private static string Key(string column, string version) => column switch
    {
        "VersionFirst" => VersionKeys.Of(version).First,
        "VersionSecond" => VersionKeys.Of(version).Second,
        _ => version,
    };
}
