using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>Instructions to stages.</summary>
internal sealed class StageReader
{
    private static readonly string[] Keywords =
    [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL",
        "USER", "VOLUME", "WORKDIR",
    ];

    private readonly List<DockerfileFault> _faults;
    private readonly StageScope _global;
    private readonly ScopeReader _scopes;
    private readonly FromReader _from;
    private readonly CopyReader _copy;
    private readonly List<(DockerfileStage Stage, StageScope Scope)> _stages = [];

    public StageReader(BuildSetting setting, char escape, List<DockerfileFault> faults)
    {
        _faults = faults;
        _global = StageScope.Global(setting);
        _scopes = new ScopeReader(setting, _global, escape, faults);
        _from = new FromReader(_scopes, _global, escape, faults);
        _copy = new CopyReader(_scopes, escape, faults);
    }

    public IReadOnlyList<DockerfileStage> Read(IReadOnlyList<DockerfileInstruction> instructions)
    {
        var names = StageNames.Of(instructions, _faults);
        foreach (var instruction in instructions)
        {
            if (!Keywords.Contains(instruction.Keyword))
                Fault(instruction, $"There is no instruction '{Cut(instruction.Keyword)}'{NearestName.Hint(instruction.Keyword, Keywords.Select(word => word.ToLowerInvariant())).ToUpperInvariant()}.");
            else if (instruction.Keyword == "FROM")
                Begin(instruction, names);
            else if (_stages.Count == 0)
                BeforeTheFirst(instruction);
            else
                Inside(instruction, names);
        }
        return [.. _stages.Select(own => own.Stage)];
    }

    private void BeforeTheFirst(DockerfileInstruction instruction)
    {
        if (instruction.Keyword == "ARG")
            _scopes.Argument(instruction, _global);
        else
            Fault(instruction, $"{instruction.Keyword} stands before the first FROM, where only ARG may.");
    }

    private void Begin(DockerfileInstruction instruction, StageNames names)
    {
        var stage = _from.Read(instruction, _stages.Count, names);
        var parent = stage.Relations is [{ Source: StageSource.Stage from }] && from.Index < _stages.Count ? _stages[from.Index].Scope : null;
        _stages.Add((stage, StageScope.Of(parent)));
    }

    private void Inside(DockerfileInstruction instruction, StageNames names)
    {
        var (stage, scope) = _stages[^1];
        switch (instruction.Keyword)
        {
            case "ARG":
                _scopes.Argument(instruction, scope);
                break;
            case "ENV":
                _scopes.Environment(instruction, scope);
                break;
            case "COPY" or "ADD":
                Relate(_copy.Files(instruction, stage.Index, scope, names));
                break;
            case "RUN":
                Relate(_copy.Mounts(instruction, stage.Index, scope, names));
                break;
            default:
                // Nothing else takes files from anywhere; a trigger (ONBUILD) does, but in builds on top of this image.
                break;
        }

        void Relate(IEnumerable<StageRelation> relations) => _stages[^1] = (stage with { Relations = [.. stage.Relations, .. relations] }, scope);
    }

    private void Fault(DockerfileInstruction instruction, string message) => _faults.Add(new DockerfileFault(instruction.Line, message));

    private static string Cut(string word) => word.Length <= 40 ? word : word[..40] + "…";
}
