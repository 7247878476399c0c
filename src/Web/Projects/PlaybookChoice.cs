using ReleaseDashboard.Infrastructure.Playbooks;

namespace ReleaseDashboard.Web.Projects;

/// <summary>Which playbook the release of a package runs on.</summary>
public static class PlaybookChoice
{
    private const string Usual = "wrapper";

    /// <summary>The one for packages where there is one, else the first; null when the folder is empty.</summary>
    public static string? Of(PlaybookLibrary playbooks) =>
        playbooks.Names.Contains(Usual) ? Usual : playbooks.Names.Count > 0 ? playbooks.Names[0] : null;
}
