namespace ReleaseDashboard.Core.Projects;

/// <summary>The secrets that steps of a project use.</summary>
public static class SecretName
{
    public const string GitHubToken = "github-token";
    public const string GitHubWebhook = "github-webhook";
    public const string TestIndexUser = "testpypi-user";
    public const string TestIndexPassword = "testpypi-password";
    public const string ProductionIndexUser = "pypi-user";
    public const string ProductionIndexPassword = "pypi-password";

    public const string PreproductionRegistryUser = "preproduction-registry-user";
    public const string PreproductionRegistryPassword = "preproduction-registry-password";
    public const string ProductionRegistryUser = "production-registry-user";
    public const string ProductionRegistryPassword = "production-registry-password";

    public static IReadOnlyList<string> All { get; } =
    [
        GitHubToken, GitHubWebhook, TestIndexUser, TestIndexPassword, ProductionIndexUser, ProductionIndexPassword,
        PreproductionRegistryUser, PreproductionRegistryPassword, ProductionRegistryUser, ProductionRegistryPassword,
    ];

    /// <summary>Whether it is the name of a user, which is no secret by itself.</summary>
    public static bool IsUserName(string name) => name.EndsWith("-user", StringComparison.Ordinal);
}
