using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Python;

namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>Reads what the indexes hold of a package.</summary>
public sealed class PackageReader(PackageIndexes indexes)
{
    private static readonly string[] SourceEndings = [".tar.gz", ".zip"];

    public async Task<Part<PackageState>> ReadAsync(PackageIndex index, string package, CancellationToken cancellationToken)
    {
        if (package.Length == 0)
            return Part.Failed<PackageState>("This project has no package.");
        if (!PackageName.IsValid(package))
            return Part.Failed<PackageState>($"'{package}' is no package name. Correct it in the project's settings.");
        var url = $"{index.JsonUrl.AbsoluteUri.TrimEnd('/')}/{PackageName.Normalize(package)}/json";
        var found = await indexes.Client.ProjectAsync(index, package, cancellationToken);
        if (!found.IsOk)
            return Part.Failed<PackageState>($"{index.Name} cannot be read. {found.Error.Message}");
        if (found.Value is not { } project)
            return new PackageState(index.Name, null, [], url);
        var versions = project.Files.Select(file => (File: file, Version: VersionOf(file.FileName))).Where(row => row.Version is not null)
            .GroupBy(row => row.Version!).ToList();
        // As pip does: a beta counts only when there is nothing else.
        var latest = versions.Where(own => own.Key.IsFinal).MaxBy(own => own.Key) ?? versions.MaxBy(own => own.Key);
        return new PackageState(index.Name, latest?.Key.ToString(), [.. (latest ?? Enumerable.Empty<(PackageFile File, PythonVersion? Version)>()).Select(row => Of(row.File))], url);
    }

    /// <summary>Whether both hold the same files of the same version; null when that cannot be told.</summary>
    public static bool? HaveSameBytes(Part<PackageState> one, Part<PackageState> other)
    {
        if (one.Value is not { LatestVersion: { } version } || other.Value?.LatestVersion != version)
            return null;
        var pairs = one.Value.Files.Join(other.Value.Files, file => file.Name, file => file.Name, (left, right) => (left.Sha256, right.Sha256)).ToList();
        if (pairs.Count == 0 || pairs.Exists(pair => pair.Item1 is null || pair.Item2 is null))
            return null;
        return pairs.TrueForAll(pair => pair.Item1 == pair.Item2);
    }

    private static PublishedFile Of(PackageFile file) => new(file.FileName, KindOf(file.FileName), file.Size, file.Sha256, file.RequiresPython, file.Yanked);

    private static string KindOf(string name) => name switch
    {
        _ when SourceEnding(name) is not null => "source distribution",
        _ when name.EndsWith(".whl", StringComparison.Ordinal) => "wheel",
        _ => Path.GetExtension(name),
    };

    // NAME-VERSION.tar.gz, where older tools leave dashes in the name; NAME-VERSION-TAGS.whl, where names have none.
    private static PythonVersion? VersionOf(string name)
    {
        var text = SourceEnding(name) is { } ending ? name[(name.LastIndexOf('-') + 1)..^ending.Length]
            : name.EndsWith(".whl", StringComparison.Ordinal) && name.Split('-') is [_, var part, ..] ? part
            : null;
        return PythonVersion.TryParse(text, out var version, out _) ? version : null;
    }

    private static string? SourceEnding(string name) => SourceEndings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.Ordinal));
}
