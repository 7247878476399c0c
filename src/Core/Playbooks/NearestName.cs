namespace ReleaseDashboard.Core.Playbooks;

/// <summary>Finds what somebody probably meant.</summary>
internal static class NearestName
{
    // Nobody meant a name by more than this, and comparing takes time for each character.
    private const int MaximumLength = 100;

    /// <summary>The known name with the fewest edits away, or null when none is near.</summary>
    public static string? Find(string written, IEnumerable<string> known)
    {
        if (written.Length > MaximumLength)
            return null;
        var nearest = known
            .Select(name => (Name: name, Edits: Edits(written.ToLowerInvariant(), name)))
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Edits <= Math.Max(2, written.Length / 3) ? nearest.Name : null;
    }

    /// <summary>" (did you mean X?)", or nothing.</summary>
    public static string Hint(string written, IEnumerable<string> known) =>
        Find(written, known) is { } name ? $" (did you mean \"{name}\"?)" : "";

    // Insertions, deletions and replacements, one row of the table at a time.
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
