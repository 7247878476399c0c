namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>What a Dockerfile says about how its stages are made.</summary>
/// <param name="Syntax">The image that reads the file for a builder, or null.</param>
/// <param name="Faults">Everything wrong, by line. What could be read is in <paramref name="Stages"/> all the same.</param>
public sealed record Dockerfile(IReadOnlyList<DockerfileStage> Stages, string? Syntax, IReadOnlyList<DockerfileFault> Faults)
{
    /// <summary>Reads any text; never throws.</summary>
    public static Dockerfile Read(string text, BuildSetting? setting = null)
    {
        // A byte-order mark at the beginning is no character of the first instruction.
        var lines = text.TrimStart('\uFEFF').Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var faults = new List<DockerfileFault>();
        var directives = ParserDirectives.Read(lines, faults);
        var instructions = new InstructionLexer(lines, directives.Escape, faults).Read().ToList();
        var stages = new StageReader(setting ?? BuildSetting.Default, directives.Escape, faults).Read(instructions);
        if (stages.Count == 0)
            faults.Add(new DockerfileFault(1, "There is no FROM in it."));
        StageCircles.Check(stages, faults);
        return new Dockerfile(stages, directives.Syntax, [.. faults.OrderBy(fault => fault.Line)]);
    }

    /// <summary>The stage that is built: by name or number, and the last one without either. Null when there is none such.</summary>
    public DockerfileStage? StageOf(string? target) =>
        target is null ? (Stages.Count > 0 ? Stages[^1] : null)
        : Stages.LastOrDefault(stage => target.Equals(stage.Name, StringComparison.OrdinalIgnoreCase))
            ?? (int.TryParse(target, out var index) && index >= 0 && index < Stages.Count ? Stages[index] : null);

    /// <summary>The stages that a build of this one goes through, itself included.</summary>
    public IReadOnlySet<int> NeededFor(DockerfileStage stage)
    {
        var needed = new HashSet<int> { stage.Index };
        var open = new Queue<int>(needed);
        while (open.TryDequeue(out var next))
        {
            foreach (var other in Stages[next].Needs.Where(needed.Add))
                open.Enqueue(other);
        }
        return needed;
    }
}
