namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>What the name of a distribution file says about it.</summary>
/// <param name="Project">Name of the project as the file spells it.</param>
/// <param name="Version">Version as the file spells it.</param>
/// <param name="PackageType"><c>sdist</c> or <c>bdist_wheel</c>, as uploads call it.</param>
public sealed record DistributionFileName(string Project, string Version, string PackageType)
{
    /// <returns>Null when no source distribution or wheel has such a name.</returns>
    public static DistributionFileName? TryParse(string fileName)
    {
        // A name becomes part of a path and of an address, so nothing else than these characters comes in.
        if (fileName.Length is 0 or > 255 || fileName[0] == '.'
            || !fileName.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '!'))
            return null;
        if (fileName.EndsWith(".whl", StringComparison.Ordinal))
        {
            var parts = fileName[..^4].Split('-');
            return parts.Length is 5 or 6 ? Checked(parts[0], parts[1], "bdist_wheel") : null;
        }

        if (!fileName.EndsWith(".tar.gz", StringComparison.Ordinal))
            return null;
        var stem = fileName[..^7];
        var dash = stem.LastIndexOf('-');
        return dash < 1 ? null : Checked(stem[..dash], stem[(dash + 1)..], "sdist");
    }

    private static DistributionFileName? Checked(string project, string version, string type) =>
        ProjectName.IsValid(project) && IndexVersion.TryParse(version) is not null ? new(project, version, type) : null;
}
