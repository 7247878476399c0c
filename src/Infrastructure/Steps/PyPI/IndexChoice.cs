using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Python;

namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>The index that a step works with: the one for trying, or the one that counts.</summary>
internal sealed record IndexChoice(bool IsProduction, IndexAddress Address)
{
    /// <summary>The input that names it.</summary>
    public static InputDescription Input { get; } =
        new("index", ValueKind.Text, "Which package index", Required: true, Choices: ["test", "production"]);

    /// <summary>The input that names what else the build made.</summary>
    public static InputDescription Siblings { get; } =
        new("siblings", ValueKind.List, "Hashes of the other files of this build, which may be on the index too", Default: new InputValue.List([]));

    public string Title => IsProduction ? "the production index" : "the test index";

    /// <summary>Name of the evidence that says what is on the index.</summary>
    public string EvidenceName => IsProduction ? "production_index" : "test_index";

    public string UserSecret => IsProduction ? SecretName.ProductionIndexUser : SecretName.TestIndexUser;

    public string PasswordSecret => IsProduction ? SecretName.ProductionIndexPassword : SecretName.TestIndexPassword;

    public PackageIndex Index => new(Address.Name, new Uri(Address.Upload), new Uri(Folder(Address.Simple)), new Uri(Folder(Address.Json)));

    public static IndexChoice Of(StepInputs inputs, ProjectSettings settings) =>
        inputs.Required("index") == "production" ? new(true, settings.ProductionIndex) : new(false, settings.TestIndex);

    /// <summary>The JSON API's address of one version, for the plan.</summary>
    public string VersionAddress(string package, string version) => $"{Folder(Address.Json)}{PackageName.Normalize(package)}/{version}/json";

    /// <summary>Whether dependencies and build tools come from this very index.</summary>
    public bool IsOrdinary(ProjectSettings settings) => Folder(Address.Simple) == Folder(settings.DependencyIndex);

    private static string Folder(string address) => address.EndsWith('/') ? address : address + "/";
}
