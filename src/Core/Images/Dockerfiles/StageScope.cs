namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>The arguments and environment that hold at one place of a Dockerfile.</summary>
internal sealed class StageScope
{
    private readonly Dictionary<string, string?> _arguments = [];
    private readonly Dictionary<string, string> _environment;

    private StageScope(IReadOnlyDictionary<string, string>? environment) => _environment = new Dictionary<string, string>(environment ?? new Dictionary<string, string>());

    /// <summary>Before the first FROM: only arguments, and those that builders set.</summary>
    public static StageScope Global(BuildSetting setting)
    {
        var scope = new StageScope(null);
        foreach (var (name, value) in setting.Automatic)
            scope._arguments[name] = setting.Given.GetValueOrDefault(name) ?? value;
        return scope;
    }

    /// <summary>A stage: it begins with the environment of the stage it begins from, and with no arguments.</summary>
    public static StageScope Of(StageScope? from) => new(from?._environment);

    /// <summary>What a name stands for; the environment is stronger than an argument.</summary>
    public string? Value(string name) => _environment.GetValueOrDefault(name) ?? _arguments.GetValueOrDefault(name);

    public void Argument(string name, string? value) => _arguments[name] = value;

    public void Environment(string name, string value) => _environment[name] = value;
}
