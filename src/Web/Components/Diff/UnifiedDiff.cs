using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Web.Components.Diff;

/// <summary>Reads the unified text that git writes. What it does not know it passes over: a diff is shown, never applied.</summary>
public static partial class UnifiedDiff
{
    public static IReadOnlyList<DiffFile> Parse(string text)
    {
        var files = new List<FileDraft>();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("diff --git ", StringComparison.Ordinal))
                files.Add(new FileDraft { Path = NewPath(line) });
            else if (files.Count == 0 && line.StartsWith("--- ", StringComparison.Ordinal))
                files.Add(new FileDraft { Path = Name(line[4..]) });
            if (files.Count > 0)
                files[^1].Read(line);
        }
        return [.. files.Select(file => file.ToFile())];
    }

    // "diff --git a/x b/x": exact only when both are the same; a rename says its names in lines of its own.
    private static string NewPath(string line)
    {
        var names = line["diff --git ".Length..];
        var half = names.IndexOf(" b/", StringComparison.Ordinal);
        return half < 0 ? names : names[(half + 3)..];
    }

    private static string Name(string path) =>
        path.TrimEnd('\t', '\r') is var name && name.Length > 2 && name[1] == '/' ? name[2..] : name;

    [GeneratedRegex(@"^@@ -(?<old>\d+)(,(?<oldCount>\d+))? \+(?<new>\d+)(,(?<newCount>\d+))? @@", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HunkStart { get; }

    private sealed class FileDraft
    {
        private readonly List<DiffHunk> _hunks = [];
        private List<DiffLine> _lines = [];
        private string? _oldPath;
        private bool _binary;
        private (int Old, int New) _at;
        private (int Old, int New) _left;

        public required string Path { get; set; }

        public DiffFile ToFile() => new(Path, _hunks, _oldPath, _binary);

        public void Read(string line)
        {
            if (_left is (> 0, _) or (_, > 0))
                ReadLine(line);
            else if (HunkStart.Match(line) is { Success: true } match)
                Begin(line, match);
            else if (line.StartsWith("+++ ", StringComparison.Ordinal) && line != "+++ /dev/null")
                Path = Name(line[4..]);
            else if (line.StartsWith("rename from ", StringComparison.Ordinal))
                _oldPath = line["rename from ".Length..];
            else if (line.StartsWith("Binary files ", StringComparison.Ordinal) || line == "GIT binary patch")
                _binary = true;
        }

        private void Begin(string line, Match match)
        {
            int Number(string group, int fallback) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : fallback;
            (_at, _left) = ((Number("old", 1), Number("new", 1)), (Number("oldCount", 1), Number("newCount", 1)));
            _lines = [];
            _hunks.Add(new DiffHunk(line, _lines));
        }

        private void ReadLine(string line)
        {
            var kind = line.Length == 0 ? ' ' : line[0];
            var text = line.Length == 0 ? "" : line[1..];
            switch (kind)
            {
                case '+':
                    _lines.Add(new DiffLine(DiffLineKind.Added, null, _at.New++, text));
                    _left.New--;
                    break;
                case '-':
                    _lines.Add(new DiffLine(DiffLineKind.Removed, _at.Old++, null, text));
                    _left.Old--;
                    break;
                case ' ':
                    _lines.Add(new DiffLine(DiffLineKind.Context, _at.Old++, _at.New++, text));
                    _left = (_left.Old - 1, _left.New - 1);
                    break;
                // "\ No newline at end of file" is no line of either text.
            }
        }
    }
}
