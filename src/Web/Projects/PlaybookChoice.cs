using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Playbooks;

namespace ReleaseDashboard.Web.Projects;

/// <summary>Which playbook a project's release runs on.</summary>
public static class PlaybookChoice
{
    private const string OfPackages = "wrapper";
    private const string OfImages = "images";
    private const string OfTaggedPackages = "python-docker";

    /// <summary>
    /// The one that its settings name; without one, that for what it has: a package, a package whose version comes from its tag, or
    /// images only. Null when the folder is empty.
    /// </summary>
    public static string? Of(PlaybookLibrary playbooks, Project project)
    {
        var names = playbooks.Names;
        var usual = project.Settings switch
        {
            { Package.Length: 0, Images: not null } => OfImages,
            // The wrapper's steps write the version into files and merge; here nothing but the tag names it.
            { VersionFromTag: true } => OfTaggedPackages,
            _ => OfPackages,
        };
        return project.Settings.Playbook is { Length: > 0 } chosen ? chosen
            : names.Contains(usual) ? usual
            : names.Count > 0 ? names[0] : null;
    }
}
