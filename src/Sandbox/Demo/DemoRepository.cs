using System.Text.Json;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.Demo;

/// <summary>A demo repository as it ships: its newest files and its history, both embedded from <c>Demo/files</c>.</summary>
internal sealed record DemoRepository(string Name, DemoHistory History, IReadOnlyList<DemoState> States)
{
    /// <exception cref="InvalidDataException">History and files contradict each other.</exception>
    internal static DemoRepository Load(string name)
    {
        var text = ReadText(name + ".history.json");
        var history = JsonSerializer.Deserialize<DemoHistory>(text, SandboxJson.Compact)
            ?? throw new InvalidDataException($"The history of {name} is empty.");
        var prefix = name + "/";
        var newest = typeof(DemoRepository).Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(resource => resource[prefix.Length..], ReadText);
        return new DemoRepository(name, history, Unroll(history, newest));
    }

    /// <summary>Goes back from the newest files by undoing commit after commit, so that the files that ship are the real ones.</summary>
    private static DemoState[] Unroll(DemoHistory history, Dictionary<string, string> newest)
    {
        var states = new DemoState[history.Commits.Count];
        var files = newest;
        for (var i = states.Length - 1; i >= 0; i--)
        {
            var commit = history.Commits[i];
            var pins = history.Commits.Take(i + 1).SelectMany(earlier => earlier.Pins).GroupBy(pin => pin.Key)
                .ToDictionary(group => group.Key, group => group.Last().Value);
            states[i] = new DemoState(commit, files, pins);
            files = Undo(commit, files);
        }

        return states;
    }

    private static Dictionary<string, string> Undo(DemoCommit commit, Dictionary<string, string> files)
    {
        var older = new Dictionary<string, string>(files);
        foreach (var edit in commit.Edits.Reverse())
        {
            var text = older[edit.File];
            var at = text.IndexOf(edit.After, StringComparison.Ordinal);
            if (at < 0 || text.IndexOf(edit.After, at + 1, StringComparison.Ordinal) >= 0)
                throw new InvalidDataException($"'{edit.After}' does not stand once in {edit.File} after '{commit.Subject}'.");
            older[edit.File] = text[..at] + edit.Before + text[(at + edit.After.Length)..];
        }

        foreach (var added in commit.Adds)
        {
            if (!older.Remove(added))
                throw new InvalidDataException($"{added} of '{commit.Subject}' is not there.");
        }

        return older;
    }

    private static string ReadText(string resource)
    {
        using var stream = typeof(DemoRepository).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidDataException($"{resource} is not embedded.");
        return new StreamReader(stream).ReadToEnd();
    }
}
