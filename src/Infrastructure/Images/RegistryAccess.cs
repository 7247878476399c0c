using System.Security.Cryptography;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>Opens repositories for looking, with the project's stored user and password where they belong.</summary>
public sealed class RegistryAccess(RegistryClients clients, SecretVault vault)
{
    /// <summary>One of the project's two repositories.</summary>
    public async Task<Result<RegistryRepository, string>> OpenAsync(Project project, RegistryAddress registry, CancellationToken cancellationToken)
    {
        if (!ImageRepository.TryParse(registry.Repository, out var repository, out var fault))
            return fault;
        var credential = await CredentialAsync(project, registry, cancellationToken);
        return credential.IsOk ? clients.Open(repository, registry.Insecure, credential.Value) : credential.Error;
    }

    /// <summary>
    /// A repository of anybody. Only a registry that the project itself uses gets the project's password, and only there plain HTTP is spoken: the
    /// name comes from a Dockerfile, which many may change.
    /// </summary>
    public async Task<Result<RegistryRepository, string>> OpenAsync(Project project, ImageRepository repository, CancellationToken cancellationToken)
    {
        var own = new[] { project.Settings.Images?.Production, project.Settings.Images?.Preproduction }.FirstOrDefault(
            address => address is not null && ImageRepository.TryParse(address.Repository, out var known, out _) && known.Registry == repository.Registry);
        if (own is null)
            return clients.Open(repository, insecure: false, credential: null);
        var credential = await CredentialAsync(project, own, cancellationToken);
        return credential.IsOk ? clients.Open(repository, own.Insecure, credential.Value) : credential.Error;
    }

    private async Task<Result<RegistryCredential?, string>> CredentialAsync(Project project, RegistryAddress registry, CancellationToken cancellationToken)
    {
        var (user, password) = registry == project.Settings.Images?.Preproduction
            ? (SecretName.PreproductionRegistryUser, SecretName.PreproductionRegistryPassword)
            : (SecretName.ProductionRegistryUser, SecretName.ProductionRegistryPassword);
        try
        {
            return await vault.ReadAsync(project.Id, user, cancellationToken) is { Length: > 0 } name
                && await vault.ReadAsync(project.Id, password, cancellationToken) is { Length: > 0 } secret
                ? new RegistryCredential(name, secret)
                : Result<RegistryCredential?, string>.Ok(null);
        }
        catch (CryptographicException)
        {
            return "The stored password cannot be decrypted. Store it again.";
        }
    }
}
