namespace ReleaseDashboard.Web.Releases;

/// <summary>The addresses of a release's page and what belongs to it.</summary>
public static class ReleaseUrls
{
    public static string Release(Guid id) => $"/releases/{id:D}";

    public static string Step(Guid id, string key) => $"/releases/{id:D}?step={Uri.EscapeDataString(key)}";

    public static string Log(Guid id, Guid attempt) => $"/releases/{id:D}/attempts/{attempt:D}/log";

    public static string Project(string name) => $"/projects/{Uri.EscapeDataString(name)}";

    public static string List(string project) => $"/releases?project={Uri.EscapeDataString(project)}";

    public static string Audit(Guid id) => $"/audit?release={id:D}";

    public const string SignIn = "/sign-in";
}
