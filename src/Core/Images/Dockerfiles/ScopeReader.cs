namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>Takes the values of <c>ARG</c> and <c>ENV</c> into a scope.</summary>
internal sealed class ScopeReader(BuildSetting setting, StageScope global, char escape, List<DockerfileFault> faults)
{
    private readonly IReadOnlyDictionary<string, string> _given = setting.Given;

    public void Argument(DockerfileInstruction instruction, StageScope scope)
    {
        var words = DockerfileWords.Split(instruction.Text, escape);
        if (words.Count == 0)
            faults.Add(new DockerfileFault(instruction.Line, "ARG needs a name."));
        foreach (var word in words)
        {
            var (name, written) = Pair(word);
            if (!IsName(name))
            {
                faults.Add(new DockerfileFault(instruction.Line, $"'{name}' is no name for an argument."));
                continue;
            }
            // A value from outside wins; in a stage a bare name takes the one from above the first FROM.
            scope.Argument(name, _given.GetValueOrDefault(name) ?? (written is null ? global.Value(name) : Replace(written, scope, instruction.Line)));
        }
    }

    public void Environment(DockerfileInstruction instruction, StageScope scope)
    {
        var words = DockerfileWords.Split(instruction.Text, escape);
        if (words.Count > 0 && Pair(words[0]).Value is null)
        {
            // The old form: a name, white space, and all the rest is the value.
            var rest = instruction.Text[words[0].Length..].Trim();
            if (rest.Length == 0)
                faults.Add(new DockerfileFault(instruction.Line, "ENV needs NAME=VALUE."));
            else
                scope.Environment(words[0], Replace(rest, scope, instruction.Line));
            return;
        }
        if (words.Count == 0)
            faults.Add(new DockerfileFault(instruction.Line, "ENV needs NAME=VALUE."));
        // All values of one ENV see what was before it.
        foreach (var (name, value) in words.Select(Pair).Select(pair => (pair.Name, pair.Value is null ? null : Replace(pair.Value, scope, instruction.Line))).ToList())
        {
            if (value is null)
                faults.Add(new DockerfileFault(instruction.Line, $"'{name}' in ENV needs '=' and a value."));
            else
                scope.Environment(name, value);
        }
    }

    /// <summary>A text with its arguments replaced; what is wrong with them becomes a fault of the line.</summary>
    public string Replace(string text, StageScope scope, int line)
    {
        var substitution = new ArgumentSubstitution(scope.Value, escape);
        var result = substitution.Apply(text);
        faults.AddRange(substitution.Faults.Select(fault => new DockerfileFault(line, fault)));
        return result;
    }

    /// <summary>Names in a text that have no value here.</summary>
    public IReadOnlyList<string> Unset(string text, StageScope scope)
    {
        var substitution = new ArgumentSubstitution(scope.Value, escape);
        substitution.Apply(text);
        return [.. substitution.Unset];
    }

    private static (string Name, string? Value) Pair(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
    }

    private static bool IsName(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
