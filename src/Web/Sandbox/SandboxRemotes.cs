using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Web.Sandbox;

/// <summary>The addresses of a repository and its services in a sandbox.</summary>
internal static class SandboxRemotes
{
    /// <summary>The same settings with every address at this sandbox: its port may be another one after a restart.</summary>
    public static ProjectSettings Move(ProjectSettings settings, string repository, Uri sandbox)
    {
        string At(string path) => new Uri(sandbox, path).AbsoluteUri;
        return settings with
        {
            GitHubApi = At("/api/v3/"),
            GitUrl = GitUrl(repository, sandbox),
            WebUrl = At($"/{repository}"),
            TestIndex = Index("testpypi", "test"),
            ProductionIndex = Index("pypi", "production"),
            DependencyIndex = At("/indexes/production/simple/"),
        };

        IndexAddress Index(string name, string path) => new(name, At($"/indexes/{path}/legacy/"), At($"/indexes/{path}/simple/"), At($"/indexes/{path}/pypi/"));
    }

    public static string GitUrl(string repository, Uri sandbox) => new Uri(sandbox, $"/{repository}.git").AbsoluteUri;
}
