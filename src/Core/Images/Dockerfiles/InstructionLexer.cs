using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>Lines to instructions: comments out, continuation lines joined, heredocs taken in.</summary>
internal sealed partial class InstructionLexer(IReadOnlyList<string> lines, char escape, List<DockerfileFault> faults)
{
    private int _next;

    public IEnumerable<DockerfileInstruction> Read()
    {
        while (_next < lines.Count)
        {
            var first = _next + 1;
            if (IsSkipped(lines[_next]))
                _next++;
            else
                yield return Instruction(first, Joined());
        }
    }

    private static bool IsSkipped(string line) => string.IsNullOrWhiteSpace(line) || IsComment(line);

    private static bool IsComment(string line) => line.AsSpan().TrimStart().StartsWith("#");

    private string Joined()
    {
        var text = new StringBuilder();
        var first = true;
        while (_next < lines.Count)
        {
            var line = lines[_next++];
            // Comments and, by an old mistake that builders keep, empty lines do not end a continuation.
            if (!first && IsSkipped(line))
                continue;
            first = false;
            var end = ContinuationAt(line);
            text.Append(end < 0 ? line : line.AsSpan(0, end));
            if (end < 0)
                break;
        }
        return text.ToString().Trim();
    }

    // The escape at the end, white space after it allowed; a doubled one stands for itself.
    private int ContinuationAt(string line)
    {
        var end = line.AsSpan().TrimEnd().Length - 1;
        return end >= 0 && line[end] == escape && (end == 0 || line[end - 1] != escape) ? end : -1;
    }

    private DockerfileInstruction Instruction(int line, string text)
    {
        var end = text.AsSpan().IndexOfAny(' ', '\t');
        var keyword = (end < 0 ? text : text[..end]).ToUpperInvariant();
        var rest = end < 0 ? "" : text[end..].TrimStart();
        var flags = new List<string>();
        while (rest.StartsWith("--", StringComparison.Ordinal))
        {
            var word = DockerfileWords.Split(rest, escape)[0];
            rest = rest[word.Length..].TrimStart();
            if (word == "--")
                break;
            flags.Add(word);
        }
        return new DockerfileInstruction(line, keyword, flags, rest, keyword is "RUN" or "COPY" or "ADD" or "ONBUILD" ? Heredocs(line, rest) : []);
    }

    private List<Heredoc> Heredocs(int line, string text)
    {
        var found = new List<Heredoc>();
        foreach (var word in DockerfileWords.Split(text, escape))
        {
            var match = HeredocStart().Match(word);
            var written = match.Groups["name"].Value;
            var name = written.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
            if (!match.Success || name.Length == 0)
                continue;
            var strips = match.Groups["strip"].Length > 0;
            found.Add(new Heredoc(name, name != written, strips, Body(line, name, strips)));
        }
        return found;
    }

    private string Body(int line, string name, bool strips)
    {
        var text = new StringBuilder();
        while (_next < lines.Count)
        {
            var row = strips ? lines[_next].TrimStart('\t') : lines[_next];
            _next++;
            if (row == name)
                return text.ToString();
            text.Append(row).Append('\n');
        }
        faults.Add(new DockerfileFault(line, $"The text that begins here with <<{name} has no end: a line of only {name} is missing."));
        return text.ToString();
    }

    [GeneratedRegex("^[0-9]*<<(?<strip>-?)(?<name>[^<]+)$", RegexOptions.NonBacktracking)]
    private static partial Regex HeredocStart();
}
