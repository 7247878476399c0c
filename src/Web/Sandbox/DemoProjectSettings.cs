using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Sandbox.Demo;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.Indexes;

namespace ReleaseDashboard.Web.Sandbox;

/// <summary>The demo project as the dashboard knows it, on a sandbox at some address.</summary>
internal static class DemoProjectSettings
{
    public const string Name = DemoProject.Name;

    public const string WebhookSecret = "sandbox-webhook-secret";

    public static string Repository => $"{DemoProject.Owner}/{DemoProject.Name}";

    /// <summary>Values that the simulated services take. They are made up and known to everybody.</summary>
    public static IReadOnlyDictionary<string, string> Secrets { get; } = new Dictionary<string, string>
    {
        [SecretName.GitHubToken] = Personas.Maintainer.Token,
        [SecretName.GitHubWebhook] = WebhookSecret,
        [SecretName.TestIndexUser] = "__token__",
        [SecretName.TestIndexPassword] = IndexCredentials.Of("test").Token,
        [SecretName.ProductionIndexUser] = "__token__",
        [SecretName.ProductionIndexPassword] = IndexCredentials.Of("production").Token,
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
