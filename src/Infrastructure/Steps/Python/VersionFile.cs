using System.Formats.Tar;
using System.IO.Compression;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.Versions;

namespace ReleaseDashboard.Infrastructure.Steps.Python;

/// <summary>Looks into what was built for the file that a build writes the version into: users and images read it there.</summary>
internal static class VersionFile
{
    // A file with a version in it is a few lines; more is not read.
    private const int Longest = 64 * 1024;

    /// <summary>Why a package does not bear the version, or null.</summary>
    /// <param name="path">Inside the repository; null or nothing looks for nothing.</param>
    public static StepError? Fault(IReadOnlyList<string> packages, string? path, string version)
    {
        if (string.IsNullOrEmpty(path))
            return null;
        foreach (var package in packages)
        {
            var text = package.EndsWith(".whl", StringComparison.Ordinal) ? OfWheel(package, path) : OfSource(package, path);
            if (text is null || !ShownVersion.IsIn(text, version))
            {
                return new StepError(
                    "version-file", $"{Path.GetFileName(package)} does not bear the version {version}.",
                    text is null ? $"It has no {path}." : $"{path} in it does not hold {version}.",
                    "See that the build writes the file (setuptools-scm: write_to), and that the package takes it in. Repair it on the branch and start the release again.",
                    text is null ? [] : [.. text.Split('\n').Take(20)]);
            }
        }
        return null;
    }

    /// <summary>The file of that path in a source package, or null. Longer ones than files with a version are cut.</summary>
    public static string? OfSource(string package, string path)
    {
        using var file = new GZipStream(File.OpenRead(package), CompressionMode.Decompress);
        using var tar = new TarReader(file);
        while (tar.GetNextEntry() is { } entry)
        {
            // Everything is in one folder, named for the package and its version.
            if (entry.DataStream is { } data && entry.Name.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && entry.Name[(slash + 1)..] == path)
                return Read(data);
        }
        return null;
    }

    private static string? OfWheel(string package, string path)
    {
        using var zip = ZipFile.OpenRead(package);
        // A layout with src/ has its packages at the top of a wheel.
        var entry = zip.GetEntry(path) ?? (path.StartsWith("src/", StringComparison.Ordinal) ? zip.GetEntry(path["src/".Length..]) : null);
        return entry is null ? null : Read(entry.Open());
    }

    private static string Read(Stream stream)
    {
        using var reader = new StreamReader(stream);
        var text = new char[Longest];
        return new string(text, 0, reader.ReadBlock(text, 0, Longest));
    }
}
