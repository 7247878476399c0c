namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>Reads <c>FROM [--platform=P] IMAGE [AS NAME]</c>.</summary>
internal sealed class FromReader(ScopeReader scopes, StageScope global, char escape, List<DockerfileFault> faults)
{
    public DockerfileStage Read(DockerfileInstruction instruction, int index, StageNames names)
    {
        var words = DockerfileWords.Split(instruction.Text, escape);
        if (!(words.Count == 1 || (words.Count == 3 && words[1].Equals("as", StringComparison.OrdinalIgnoreCase))))
            Fault(instruction, words.Count == 0 ? "FROM needs an image." : "FROM is an image, and 'AS' with a name where the stage has one.");
        foreach (var flag in instruction.Flags.Where(flag => !flag.StartsWith("--platform=", StringComparison.OrdinalIgnoreCase)))
            Fault(instruction, $"FROM has no flag '{flag}'.");
        var platform = instruction.Flag("platform").Select(text => scopes.Replace(text, global, instruction.Line)).LastOrDefault();
        if (platform is not null && !Platform.TryParse(platform, out _, out var fault))
            Fault(instruction, fault);
        var source = words.Count == 0 ? null : Source(instruction, words[0], index, platform, names);
        return new DockerfileStage(
            index,
            names[index],
            instruction.Line,
            platform,
            source is null ? [] : [new StageRelation(RelationKind.From, source, instruction.Line, [])]);
    }

    private StageSource? Source(DockerfileInstruction instruction, string written, int index, string? platform, StageNames names)
    {
        // Only arguments above the first FROM count here: neither the environment nor those of another stage.
        var name = scopes.Replace(written, global, instruction.Line);
        var unset = scopes.Unset(written, global);
        if (names.Before(index, name) is { } stage)
            return new StageSource.Stage(stage);
        if (name == "scratch")
            return new StageSource.Scratch();
        if (unset.Count > 0)
            Fault(instruction, $"'{written}' names no image: {string.Join(", ", unset)} has no value above the first FROM.");
        else if (!ImageReference.TryParse(name, out _, out var fault))
            Fault(instruction, fault);
        return name.Length == 0 ? null : new StageSource.Image(name, platform);
    }

    private void Fault(DockerfileInstruction instruction, string message) => faults.Add(new DockerfileFault(instruction.Line, message));
}
