using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>The registry that a step works with: the one for trying, or the one that users pull from.</summary>
internal sealed record RegistryChoice(bool IsProduction, RegistryAddress Address)
{
    /// <summary>The input that names it.</summary>
    public static InputDescription Input { get; } =
        new("registry", ValueKind.Text, "Which image registry", Required: true, Choices: ["preproduction", "production"]);

    public string Title => IsProduction ? "the production registry" : "the preproduction registry";

    public ImageRepository Repository => ImageRepository.Parse(Address.Repository);

    public static RegistryChoice Of(StepInputs inputs, ImageSettings settings) => Of(inputs.Required(Input.Name) == "production", settings);

    public static RegistryChoice Of(bool isProduction, ImageSettings settings) =>
        isProduction ? new RegistryChoice(true, settings.Production) : new RegistryChoice(false, settings.Preproduction);

    /// <summary>As the manifest of a tag or digest is asked for, for the plan.</summary>
    public string ManifestAddress(string selector) => $"{(Address.Insecure ? "http" : "https")}://{Repository.Registry}/v2/{Repository.Path}/manifests/{selector}";

    /// <summary>The repository in the registry, with the project's stored credentials where there are some.</summary>
    public async Task<RegistryRepository> OpenAsync(StepContext context, RegistryClients clients, CancellationToken cancellationToken) =>
        clients.Open(Address, await CredentialAsync(context, cancellationToken));

    /// <summary>The same credentials for the engine.</summary>
    public async Task<EngineLogin?> LoginAsync(StepContext context, CancellationToken cancellationToken) =>
        await CredentialAsync(context, cancellationToken) is { } credential ? new EngineLogin(Repository.Registry, credential.User, credential.Password) : null;

    private async Task<RegistryCredential?> CredentialAsync(StepContext context, CancellationToken cancellationToken)
    {
        var user = await context.Secrets.ReadAsync(IsProduction ? SecretName.ProductionRegistryUser : SecretName.PreproductionRegistryUser, cancellationToken);
        var password = await context.Secrets.ReadAsync(IsProduction ? SecretName.ProductionRegistryPassword : SecretName.PreproductionRegistryPassword, cancellationToken);
        return string.IsNullOrEmpty(user) || string.IsNullOrEmpty(password) ? null : new RegistryCredential(user, password);
    }
}
