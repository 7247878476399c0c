using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Sandbox.ImageBuilding;

/// <summary>
/// Builds an image of a Dockerfile for one platform without running anything: files are copied for real, commands leave made-up
/// files, and base images come from the registry or are made up. The same commit gives the same bytes.
/// </summary>
internal sealed partial class ImageBuild(BuildContext context, ImageRegistry registry, Platform platform, IReadOnlyDictionary<string, string> arguments)
{
    private readonly Dictionary<string, string> globals = new(arguments);
    private readonly Dictionary<string, ImageState> built = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>The last stage.</returns>
    /// <exception cref="InvalidDataException">The Dockerfile cannot be built; the message is what a build would print.</exception>
    public ImageState Run(string dockerfile)
    {
        var instructions = Dockerfile.Read(dockerfile);
        foreach (var argument in instructions.TakeWhile(instruction => instruction.Keyword != "FROM").Where(instruction => instruction.Keyword == "ARG"))
            Declare(globals, globals, argument);
        var stages = Stages(instructions);
        return stages.Count > 0 ? Stage(stages, stages.Count - 1) : throw new InvalidDataException("the Dockerfile has no FROM");
    }

    private static List<List<DockerInstruction>> Stages(IReadOnlyList<DockerInstruction> instructions)
    {
        var stages = new List<List<DockerInstruction>>();
        foreach (var instruction in instructions.SkipWhile(instruction => instruction.Keyword != "FROM"))
        {
            if (instruction.Keyword == "FROM")
                stages.Add([]);
            stages[^1].Add(instruction);
        }

        return stages;
    }

    // Only stages that something needs are built, as by BuildKit.
    private ImageState Stage(List<List<DockerInstruction>> stages, int at)
    {
        var words = stages[at][0].Words;
        var name = words is [_, var alias, var given] && alias.Equals("as", StringComparison.OrdinalIgnoreCase) ? given : $"#{at}";
        if (built.TryGetValue(name, out var known))
            return known;
        var image = From(stages, Expand(words[0], globals), at);
        var variables = new Dictionary<string, string> { ["TARGETPLATFORM"] = platform.ToString(), ["TARGETARCH"] = platform.Architecture, ["TARGETOS"] = platform.Os };
        foreach (var instruction in stages[at].Skip(1))
            Apply(stages, at, image, variables, instruction);
        return built[name] = image;
    }

    private ImageState From(List<List<DockerInstruction>> stages, string reference, int before)
    {
        if (Find(stages, reference, before) is { } stage)
            return new ImageState(Stage(stages, stage));
        if (reference == "scratch")
            return new ImageState(context.Time);
        if (RegistryImage.Find(registry, reference, platform, context.Time) is { } known)
            return known;
        var image = new ImageState(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)); // the same for every commit: it shares its layer
        image.Add(MadeUp.Base(reference, platform.ToString()), $"/bin/sh -c #(nop) ADD file of {reference} in / ");
        return new ImageState(context.Time) { Settings = new JsonObject { ["Env"] = new JsonArray("PATH=/usr/local/bin:/usr/bin:/bin") } }.With(image);
    }

    private static int? Find(List<List<DockerInstruction>> stages, string name, int before)
    {
        var named = stages.FindIndex(0, before, stage => stage[0].Words is [_, _, var alias] && alias.Equals(name, StringComparison.OrdinalIgnoreCase));
        return named >= 0 ? named : int.TryParse(name, out var number) && number < before ? number : null;
    }

    private void Apply(List<List<DockerInstruction>> stages, int at, ImageState image, Dictionary<string, string> variables, DockerInstruction instruction)
    {
        var text = Expand(instruction.Text, variables);
        switch (instruction.Keyword)
        {
            case "ARG":
                Declare(variables, globals, instruction);
                break;
            case "RUN":
                image.Add(MadeUp.Run(text, platform.ToString()), $"RUN /bin/sh -c {text} # buildkit");
                break;
            case "COPY" or "ADD":
                var words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                var target = Absolute(image, words[^1]);
                image.Add(Copied(stages, at, instruction, words[..^1], target), $"{instruction.Keyword} {text} # buildkit");
                break;
            default:
                ImageSettings.Apply(image.Settings, instruction.Keyword, text, variables);
                image.Note($"{instruction.Keyword} {text}");
                break;
        }
    }

    private Dictionary<string, LayerFile> Copied(List<List<DockerInstruction>> stages, int at, DockerInstruction instruction, string[] sources, string target)
    {
        if (!instruction.Flags.TryGetValue("from", out var from))
            return BuildContext.Select(context.Files, sources, target);
        var other = From(stages, Expand(from, globals), at);
        var files = new Dictionary<string, LayerFile>(other.Files);
        // What a command would have made there is made up here.
        foreach (var source in sources.Select(source => source.Trim('/')).Where(source => !files.Keys.Any(path => path == source || path.StartsWith(source + "/", StringComparison.Ordinal))))
            files[source] = MadeUp.Bytes($"{from} {source} {platform}", 12_000);
        return BuildContext.Select(files, sources, target);
    }

    private static string Absolute(ImageState image, string target) =>
        target.StartsWith('/') ? target : $"{image.Settings["WorkingDir"]?.GetValue<string>() ?? ""}/{target}";

    private void Declare(Dictionary<string, string> variables, Dictionary<string, string> defaults, DockerInstruction argument)
    {
        foreach (var word in argument.Words)
        {
            var pair = word.Split('=', 2);
            variables[pair[0]] = arguments.GetValueOrDefault(pair[0])
                ?? (pair.Length == 2 ? Expand(pair[1].Trim('"', '\''), variables) : defaults.GetValueOrDefault(pair[0], variables.GetValueOrDefault(pair[0], "")));
        }
    }

    private static string Expand(string text, Dictionary<string, string> variables) => Variable().Replace(text, match =>
    {
        var value = variables.GetValueOrDefault(match.Groups["name"].Value) ?? "";
        return value.Length > 0 || !match.Groups["otherwise"].Success ? value : match.Groups["otherwise"].Value;
    });

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<otherwise>[^}]*))?\}|\$(?<name>[A-Za-z_][A-Za-z0-9_]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
