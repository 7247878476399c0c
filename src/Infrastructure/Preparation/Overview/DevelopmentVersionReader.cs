using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Git;

namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>Reads the version constant on dev.</summary>
internal static class DevelopmentVersionReader
{
    public static async Task<Part<DevelopmentVersion>> ReadAsync(GitRepository repository, ProjectSettings settings, CancellationToken cancellationToken)
    {
        if (settings.VersionFromTag)
            return Part.Failed<DevelopmentVersion>($"The version comes from the tag of a release: no file of {settings.DevBranch} holds it.");
        if (settings.VersionFile.Length == 0)
            return Part.Failed<DevelopmentVersion>("The project's settings name no file of the version.");
        var file = await repository.ReadFileAsync(BranchName.Parse(settings.DevBranch), settings.VersionFile, cancellationToken);
        if (!file.IsOk)
            return Part.Failed<DevelopmentVersion>(file.Error.Message);
        if (file.Value is null)
            return Part.Failed<DevelopmentVersion>($"{settings.DevBranch} has no file {settings.VersionFile}.");
        return VersionConstant.Find(file.Value, settings.VersionName) switch
        {
            [var place] => new DevelopmentVersion(place.Value, settings.VersionFile, place.Line),
            [] => Part.Failed<DevelopmentVersion>($"No line of {settings.VersionFile} sets {settings.VersionName} to a version."),
            var places => Part.Failed<DevelopmentVersion>($"{settings.VersionFile} sets {settings.VersionName} {places.Count} times. It must be set once."),
        };
    }
}
