using YamlDotNet.RepresentationModel;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Files;

/// <summary>The combinations of a job's matrix, in GitHub's order.</summary>
internal static class JobMatrix
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Combine(YamlMappingNode? matrix)
    {
        List<Dictionary<string, string>> all = [[]];
        foreach (var (key, values) in matrix?.Children.AsEnumerable() ?? [])
        {
            if (key.Text() is not ("include" or "exclude"))
                all = [.. all.SelectMany(_ => values.Texts(), (made, value) => new Dictionary<string, string>(made) { [key.Text()] = value })];
        }

        var excluded = Entries(matrix, "exclude");
        all.RemoveAll(made => excluded.Any(entry => Agrees(made, entry)));
        var own = all.SelectMany(made => made.Keys).ToHashSet();
        if (own.Count == 0 && matrix?.Find("include") is not null)
            all.Clear();
        foreach (var entry in Entries(matrix, "include"))
            Include(all, entry, own);
        return all;
    }

    // An entry adds to every combination whose own values it does not change; one that fits none is a combination itself.
    private static void Include(List<Dictionary<string, string>> all, Dictionary<string, string> entry, HashSet<string> own)
    {
        var fits = all.Where(made => own.Count > 0 && entry.All(pair => !own.Contains(pair.Key) || made.GetValueOrDefault(pair.Key) == pair.Value)).ToList();
        if (fits.Count == 0)
            all.Add(entry);
        foreach (var (made, (key, value)) in fits.SelectMany(_ => entry, (made, pair) => (made, pair)))
            made[key] = value;
    }

    private static List<Dictionary<string, string>> Entries(YamlMappingNode? matrix, string key) =>
        matrix?.Find(key) is YamlSequenceNode list
            ? [.. list.Cast<YamlMappingNode>().Select(entry => entry.Children.ToDictionary(pair => pair.Key.Text(), pair => pair.Value.Text()))]
            : [];

    private static bool Agrees(Dictionary<string, string> made, Dictionary<string, string> entry) =>
        entry.All(pair => made.GetValueOrDefault(pair.Key) == pair.Value);
}
