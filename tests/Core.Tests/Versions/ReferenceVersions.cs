namespace ReleaseDashboard.Core.Tests.Versions;

/// <summary>Spellings of versions as Python's own implementation judges them.</summary>
internal static class ReferenceVersions
{
    public static IReadOnlyList<(int Rank, string Spelling, string Normal)> Accepted { get; } =
        [.. Rows().Where(row => row[0] != "refused").Select(row => (int.Parse(row[0]), row[1], row[2]))];

    public static IReadOnlyList<string> Refused { get; } = [.. Rows().Where(row => row[0] == "refused").Select(row => row[1])];

    private static IEnumerable<string[]> Rows()
    {
        using var stream = typeof(ReferenceVersions).Assembly.GetManifestResourceStream("reference-versions.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                yield return line.Split('\t');
        }
    }
}
