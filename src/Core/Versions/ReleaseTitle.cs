using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace ReleaseDashboard.Core.Versions;

/// <summary>
/// The name of a release as the maintainers' documents have it: <c>X.Y.Z</c>, or <c>X.Y.ZbI</c> for a beta. Narrower than
/// PEP 440 on purpose: it becomes a tag, a title and a URL, so there is one spelling for each.
/// </summary>
/// <param name="Beta">The beta's number from 0, or null for a final version.</param>
public sealed record ReleaseTitle(BigInteger Major, BigInteger Minor, BigInteger Patch, BigInteger? Beta)
{
    private const int MaximumLength = 100;

    public bool IsBeta => Beta is not null;

    /// <summary>Reads the canonical spelling only: no blanks, no leading zeros, nothing around it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ReleaseTitle? title, out string reason)
    {
        title = null;
        reason = "";
        if (string.IsNullOrEmpty(text))
            reason = "a version is missing";
        else if (text.Length > MaximumLength)
            reason = $"a version has at most {MaximumLength} characters";
        else if (!PythonVersion.TryParse(text, out var version, out var why))
            reason = why;
        else if (version is not { Epoch.IsZero: true, Release.Count: 3, Post: null, Dev: null, Local.Count: 0 }
            || version.Pre is { Stage: not PreReleaseStage.Beta })
            reason = "a release is named X.Y.Z, or X.Y.ZbI for a beta, where X, Y, Z and I are numbers";
        else if (version.ToString() != text)
            reason = $"write it as {version}";
        else
            title = new ReleaseTitle(version.Release[0], version.Release[1], version.Release[2], version.Pre?.Number);
        return title is not null;
    }

    public PythonVersion ToPythonVersion() =>
        new(0, [Major, Minor, Patch], Beta is { } number ? new PreRelease(PreReleaseStage.Beta, number) : null, null, null, []);

    public override string ToString() => ToPythonVersion().ToString();
}
