namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>Reads what <c>COPY</c>, <c>ADD</c> and <c>RUN --mount</c> take, and from where.</summary>
internal sealed class CopyReader(ScopeReader scopes, char escape, List<DockerfileFault> faults)
{
    public IEnumerable<StageRelation> Files(DockerfileInstruction instruction, int stage, StageScope scope, StageNames names)
    {
        var words = DockerfileWords.Json(instruction.Text) ?? DockerfileWords.Split(instruction.Text, escape);
        if (words.Count < 2)
        {
            faults.Add(new DockerfileFault(instruction.Line, $"{instruction.Keyword} needs what to copy and where to."));
            yield break;
        }
        // A heredoc is its own content and comes from nowhere.
        var sources = words.SkipLast(1)
            .Where(word => !IsHeredoc(word, instruction))
            .Select(word => scopes.Replace(word, scope, instruction.Line))
            .ToList();
        var from = instruction.Keyword == "COPY" ? instruction.Flag("from").LastOrDefault() : null;
        if (from is not null)
        {
            if (Named(instruction.Line, from, stage, scope, names) is { } source)
                yield return new StageRelation(RelationKind.Copy, source, instruction.Line, sources);
            yield break;
        }
        var addresses = instruction.Keyword == "ADD" ? sources.Where(IsAddress).ToList() : [];
        foreach (var address in addresses)
            yield return new StageRelation(RelationKind.Copy, new StageSource.Address(address), instruction.Line, [address]);
        if (sources.Count > addresses.Count)
            yield return new StageRelation(RelationKind.Copy, new StageSource.Context(), instruction.Line, [.. sources.Except(addresses)]);
    }

    public IEnumerable<StageRelation> Mounts(DockerfileInstruction instruction, int stage, StageScope scope, StageNames names)
    {
        foreach (var mount in instruction.Flag("mount"))
        {
            var fields = Fields(scopes.Replace(mount, scope, instruction.Line));
            var path = fields.GetValueOrDefault("source") ?? fields.GetValueOrDefault("src");
            IReadOnlyList<string> what = path is null ? [] : [path];
            if (fields.TryGetValue("from", out var from))
            {
                if (Named(instruction.Line, from, stage, scope, names) is { } source)
                    yield return new StageRelation(RelationKind.Mount, source, instruction.Line, what);
            }
            else if (fields.GetValueOrDefault("type", "bind") == "bind")
            {
                yield return new StageRelation(RelationKind.Mount, new StageSource.Context(), instruction.Line, what);
            }
        }
    }

    private StageSource? Named(int line, string written, int stage, StageScope scope, StageNames names)
    {
        var name = scopes.Replace(written, scope, line);
        if (name != written && written.Contains('$', StringComparison.Ordinal))
            faults.Add(new DockerfileFault(line, $"BuildKit replaces no arguments in --from ('{written}'): a stage of its own, FROM {written} AS NAME, works everywhere.", IsWarning: true));
        if (name.Length == 0)
        {
            faults.Add(new DockerfileFault(line, $"'{written}' after --from names nothing."));
            return null;
        }
        if (names.Any(stage, name) is { } index)
            return new StageSource.Stage(index);
        if (int.TryParse(name, out _))
        {
            faults.Add(new DockerfileFault(line, $"There is no stage {name}: there are {names.Count}, counted from 0."));
            return null;
        }
        if (ImageReference.TryParse(name, out _, out var fault))
            return new StageSource.Image(name);
        faults.Add(new DockerfileFault(line, fault));
        return null;
    }

    private static Dictionary<string, string> Fields(string mount)
    {
        var fields = new Dictionary<string, string>();
        foreach (var field in mount.Split(','))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            fields[(equals < 0 ? field : field[..equals]).Trim().ToLowerInvariant()] = equals < 0 ? "" : field[(equals + 1)..];
        }
        return fields;
    }

    private static bool IsHeredoc(string word, DockerfileInstruction instruction) =>
        word.StartsWith("<<", StringComparison.Ordinal)
        && instruction.Heredocs.Any(heredoc => word.TrimStart('<').TrimStart('-').Trim('"', '\'') == heredoc.Name);

    private static bool IsAddress(string source) =>
        source.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || source.StartsWith("git@", StringComparison.Ordinal)
        || source.StartsWith("git://", StringComparison.Ordinal)
        || source.StartsWith("ssh://", StringComparison.Ordinal);
}
