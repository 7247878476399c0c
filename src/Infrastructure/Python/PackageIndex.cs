using System.Text.RegularExpressions;

namespace ReleaseDashboard.Infrastructure.Python;

/// <summary>A Python package index.</summary>
/// <param name="Name">For people, such as <c>PyPI</c>.</param>
/// <param name="UploadUrl">The legacy upload address, <c>https://upload.pypi.org/legacy/</c>.</param>
/// <param name="SimpleUrl">The simple API, <c>https://pypi.org/simple/</c>.</param>
/// <param name="JsonUrl">The JSON API, <c>https://pypi.org/pypi/</c>.</param>
public sealed record PackageIndex(string Name, Uri UploadUrl, Uri SimpleUrl, Uri JsonUrl)
{
    public static readonly PackageIndex PyPI = new(
        "PyPI", new Uri("https://upload.pypi.org/legacy/"), new Uri("https://pypi.org/simple/"), new Uri("https://pypi.org/pypi/"));

    public static readonly PackageIndex TestPyPI = new(
        "TestPyPI", new Uri("https://test.pypi.org/legacy/"), new Uri("https://test.pypi.org/simple/"), new Uri("https://test.pypi.org/pypi/"));
}

/// <summary>A project's name as indexes compare it (PEP 503): lower case, runs of <c>-_.</c> as one dash.</summary>
public static partial class PackageName
{
    public static string Normalize(string name) => Separators().Replace(name, "-").ToLowerInvariant();

    /// <summary>Letters and digits at both ends, and <c>-_.</c> between (PEP 508).</summary>
    public static bool IsValid(string name) => Form().IsMatch(name);

    [GeneratedRegex("[-_.]+", RegexOptions.NonBacktracking)]
    private static partial Regex Separators();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
