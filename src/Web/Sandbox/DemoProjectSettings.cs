using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Sandbox.Demo;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.Indexes;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Web.Sandbox;

/// <summary>The demo project with a package, as the dashboard knows it, on a sandbox at some address.</summary>
internal static class DemoProjectSettings
{
    public const string Name = DemoProject.Name;

    public const string WebhookSecret = "sandbox-webhook-secret";

    public static string Repository => $"{DemoProject.Owner}/{DemoProject.Name}";

    /// <summary>Values that the simulated services take from a project. They are made up and known to everybody.</summary>
    public static IReadOnlyDictionary<string, string> SecretsOf(ProjectSettings settings) =>
        OfEvery.Concat(settings.Package.Length > 0 ? OfPackages : []).Concat(settings.Images is not null ? OfImages : []).ToDictionary();

    private static Dictionary<string, string> OfEvery { get; } = new()
    {
        [SecretName.GitHubToken] = Personas.Maintainer.Token,
        [SecretName.GitHubWebhook] = WebhookSecret,
    };

    private static Dictionary<string, string> OfPackages { get; } = new()
    {
        [SecretName.TestIndexUser] = "__token__",
        [SecretName.TestIndexPassword] = IndexCredentials.Of("test").Token,
        [SecretName.ProductionIndexUser] = "__token__",
        [SecretName.ProductionIndexPassword] = IndexCredentials.Of("production").Token,
    };

    private static Dictionary<string, string> OfImages { get; } = new()
    {
        [SecretName.PreproductionRegistryUser] = RegistryCredentials.Of("preproduction").User,
        [SecretName.PreproductionRegistryPassword] = RegistryCredentials.Of("preproduction").Token,
        [SecretName.ProductionRegistryUser] = RegistryCredentials.Of("production").User,
        [SecretName.ProductionRegistryPassword] = RegistryCredentials.Of("production").Token,
    };

    public static ProjectSettings At(Uri sandbox) => SandboxRemotes.Move(
        new ProjectSettings
        {
            GitUrl = "", WebUrl = "",
            Package = Name,
            VersionFile = "hello_wrapper/config/constants.py",
            VersionPlaces =
            [
                new VersionPlace("README.md", @"^Version ([0-9]+\.[0-9]+\.[0-9]+(?:[ab][0-9]+)?)\."),
                new VersionPlace("README.md", @"pip install hello-wrapper==([0-9]+\.[0-9]+\.[0-9]+(?:[ab][0-9]+)?)"),
            ],
            TestsVersionFile = "tests/test_wrapper.py",
            TestsVersionPattern = @"assertEqual\(""([^""]+)"", ConstantConfig\.version\)",
            Requirements = "requirements-runtime.txt",
            SmokeCommand = ["hello-wrapper", "--version"],
            Submodules = [new SubmoduleBranch("images", "main"), new SubmoduleBranch("resources", "main")],
            CommitterEmail = "release-dashboard@sandbox.example",
        },
        Repository,
        sandbox);
}
