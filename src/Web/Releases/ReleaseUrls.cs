using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.Releases;

/// <summary>The addresses of a release's page and what belongs to it.</summary>
public static class ReleaseUrls
{
    public static string Release(Guid id) => PageUrls.Release(id);

    public static string Step(Guid id, string key) => PageUrls.Release(id, key);

    /// <summary>The reviewer's page of an approval.</summary>
    public static string Approve(Guid id, string key) => PageUrls.Approve(id, key);

    public static string Log(Guid id, Guid attempt) => $"/releases/{id:D}/attempts/{attempt:D}/log";

    public static string Project(string name) => PageUrls.Project(name);

    public static string List(string project) => PageUrls.With(PageUrls.Releases, ("project", project));

    public static string Audit(Guid id) => PageUrls.With(PageUrls.Audit, ("release", id.ToString("D")));

    /// <param name="format">html or json.</param>
    public static string Evidence(Guid id, string format) => $"/api/v1/releases/{id:D}/evidence.{format}";

    public const string SignIn = "/sign-in";
}
