namespace ReleaseDashboard.Core.Versions;

/// <summary>What the next release may be called.</summary>
/// <param name="Patch">For corrections.</param>
/// <param name="Minor">For new things that break nothing.</param>
/// <param name="Major">For changes that break something.</param>
/// <param name="Beta">A beta to try first.</param>
public sealed record VersionSuggestions(PythonVersion Patch, PythonVersion Minor, PythonVersion Major, PythonVersion Beta)
{
    /// <summary>
    /// Suggestions after the last release. After a beta, the smallest step is the final version of that beta: after 1.2.0b3
    /// the patch suggestion is 1.2.0. Every suggestion is later than the last release.
    /// </summary>
    public static VersionSuggestions After(PythonVersion last)
    {
        var (major, minor, patch) = last.Triple;
        var final = last.Final([major, minor, patch]);
        return new VersionSuggestions(
            final > last ? final : last.Final([major, minor, patch + 1]),
            patch.IsZero && final > last ? final : last.Final([major, minor + 1, 0]),
            minor.IsZero && patch.IsZero && final > last ? final : last.Final([major + 1, 0, 0]),
            last.NextBeta());
    }
}
