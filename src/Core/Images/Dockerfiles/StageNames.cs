using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>The names that stages give themselves, known before the stages are read: <c>COPY --from</c> may name a later one.</summary>
internal sealed partial class StageNames
{
    private readonly List<string?> _names = [];

    private StageNames()
    {
    }

    public int Count => _names.Count;

    public static StageNames Of(IReadOnlyList<DockerfileInstruction> instructions, List<DockerfileFault> faults)
    {
        var names = new StageNames();
        foreach (var from in instructions.Where(instruction => instruction.Keyword == "FROM"))
        {
            var words = from.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var name = words.Length == 3 && words[1].Equals("as", StringComparison.OrdinalIgnoreCase) ? words[2].ToLowerInvariant() : null;
            if (name is not null && !Name().IsMatch(name))
                faults.Add(new DockerfileFault(from.Line, $"'{words[2]}' is no name for a stage: a letter, then letters, digits, '-', '_' and '.' are."));
            else if (name is not null && names._names.Contains(name))
                faults.Add(new DockerfileFault(from.Line, $"Another stage is called '{name}' too; the later one hides it.", IsWarning: true));
            names._names.Add(name);
        }
        return names;
    }

    public string? this[int index] => _names[index];

    /// <summary>The nearest stage before one with this name; null when there is none.</summary>
    public int? Before(int index, string name)
    {
        var found = _names.FindLastIndex(Math.Max(0, index - 1), Math.Min(index, _names.Count), own => name.Equals(own, StringComparison.OrdinalIgnoreCase));
        return index > 0 && found >= 0 ? found : null;
    }

    /// <summary>The stage with this name or number, rather before one than after it; null when there is none.</summary>
    public int? Any(int index, string name)
    {
        if (Before(index, name) is { } before)
            return before;
        var later = _names.FindIndex(own => name.Equals(own, StringComparison.OrdinalIgnoreCase));
        return later >= 0 ? later : int.TryParse(name, out var number) && number >= 0 && number < _names.Count ? number : null;
    }

    [GeneratedRegex("^[a-z][a-z0-9_.-]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
