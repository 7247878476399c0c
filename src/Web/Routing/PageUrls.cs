namespace ReleaseDashboard.Web.Routing;

/// <summary>Addresses of the pages: the one place that builds them.</summary>
public static class PageUrls
{
    public const string Home = "/";
    public const string Releases = "/releases";
    public const string Projects = "/projects";
    public const string AddProject = "/projects/new";
    public const string History = "/history";
    public const string Audit = "/audit";
    public const string Account = "/account";
    public const string People = "/people";
    public const string Groups = "/people/groups";
    public const string AccessTable = "/people/access";
    public const string Freezes = "/freezes";
    public const string MyWork = "/my-work";
    public const string MyChannels = "/settings/notifications";

    /// <param name="step">Key of the step to show; null leaves the choice to the page.</param>
    public static string Release(Guid id, string? step = null) => With($"/releases/{id:D}", ("step", step));

    public static string Person(string name) => $"/people/accounts/{Uri.EscapeDataString(name)}";

    /// <summary>The reviewer's page of an approval: what mails and messages link to.</summary>
    public static string Approve(Guid id, string step) => $"/releases/{id:D}/approve/{Uri.EscapeDataString(step)}";

    public static string Project(string name) => $"/projects/{Uri.EscapeDataString(name)}";

    /// <param name="section">Id of a section to jump to.</param>
    public static string ProjectSettings(string name, string? section = null) =>
        Project(name) + "/settings" + (section is null ? "" : "#" + section);

    public static string ProjectChannels(string name) => Project(name) + "/channels";

    public static string ProjectSecrets(string name) => Project(name) + "/secrets";

    public static string ProjectTrends(string name) => Project(name) + "/trends";

    public static string ReleaseTimeline(Guid id) => $"/releases/{id:D}/timeline";

    public static string ReleaseNotes(Guid id) => $"/releases/{id:D}/notes";

    /// <param name="other">The release to compare with; null for the one before it.</param>
    public static string ReleaseCompare(Guid id, Guid? other = null) => $"/releases/{id:D}/compare" + (other is null ? "" : $"/{other:D}");

    /// <param name="tab">graph, platforms, sizes, files or tags; null for the first.</param>
    /// <param name="version">The release to look at; null for the last.</param>
    public static string ProjectImages(string name, string? tab = null, string? version = null) =>
        With(Project(name) + "/images" + (tab is null ? "" : "/" + tab), ("version", version));

    /// <param name="page">version, preflight, plan or start.</param>
    public static string NewRelease(string project, Guid? draft = null, string? page = null, string? version = null) =>
        With(Project(project) + "/releases/new", ("draft", draft?.ToString("D")), ("page", page), ("version", version));

    /// <summary>The path with those parameters that have a value, in this order.</summary>
    public static string With(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = path;
        foreach (var (name, value) in query)
        {
            if (!string.IsNullOrWhiteSpace(value))
                text += (text.Contains('?', StringComparison.Ordinal) ? '&' : '?') + name + "=" + Uri.EscapeDataString(value.Trim());
        }

        return text;
    }
}
