using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Playbooks;

namespace ReleaseDashboard.Web.Projects;

/// <summary>Which playbook a project's release runs on.</summary>
public static class PlaybookChoice
{
    private const string OfPackages = "wrapper";
    private const string OfImages = "images";

    /// <summary>The one that its settings name; without one, that for what it has: a package, or images only. Null when the folder is empty.</summary>
    public static string? Of(PlaybookLibrary playbooks, Project project)
    {
        var names = playbooks.Names;
        var usual = project.Settings.Package.Length == 0 && project.Settings.Images is not null ? OfImages : OfPackages;
        return project.Settings.Playbook is { Length: > 0 } chosen ? chosen
            : names.Contains(usual) ? usual
            : names.Count > 0 ? names[0] : null;
    }
}
