using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Images;

/// <summary>A repository in a registry: <c>registry.example:5000/team/app</c>.</summary>
public sealed partial record ImageRepository
{
    /// <summary>The registry that names without one mean.</summary>
    public const string DockerHub = "docker.io";

    private const int LongestPath = 200;

    private ImageRepository(string registry, string path) => (Registry, Path) = (registry, path);

    /// <summary>Host, with a port where there is one: <c>docker.io</c>, <c>127.0.0.1:5000</c>.</summary>
    public string Registry { get; }

    /// <summary>The name inside the registry: <c>library/debian</c>, <c>team/app</c>.</summary>
    public string Path { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageRepository? repository, [NotNullWhen(false)] out string? fault)
    {
        var (registry, path) = Split(text ?? "");
        fault = Host().IsMatch(registry) && path.Length <= LongestPath && Name().IsMatch(path)
            ? null
            : $"'{text}' is not the name of an image repository such as team/app or registry.example:5000/team/app.";
        repository = fault is null ? new ImageRepository(registry, path) : null;
        return repository is not null;
    }

    public static ImageRepository Parse(string text) => TryParse(text, out var repository, out var fault) ? repository : throw new FormatException(fault);

    /// <summary>As people write it: Docker Hub is left out, and so is <c>library/</c> there.</summary>
    public string Familiar => Registry != DockerHub ? ToString() : Path.StartsWith("library/", StringComparison.Ordinal) ? Path["library/".Length..] : Path;

    public override string ToString() => $"{Registry}/{Path}";

    // The first part is a host when it looks like one: the rule that every Docker client follows.
    private static (string Registry, string Path) Split(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : text[..slash];
        if (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost")
            return (first is "index.docker.io" or "registry-1.docker.io" ? DockerHub : first, first is "docker.io" or "index.docker.io" ? Official(text[(slash + 1)..]) : text[(slash + 1)..]);
        return (DockerHub, Official(text));
    }

    private static string Official(string path) => path.Contains('/', StringComparison.Ordinal) ? path : $"library/{path}";

    [GeneratedRegex("^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?$", RegexOptions.NonBacktracking)]
    private static partial Regex Host();

    [GeneratedRegex("^[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
