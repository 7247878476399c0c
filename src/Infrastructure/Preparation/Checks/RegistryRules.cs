using System.Security.Cryptography;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using static ReleaseDashboard.Infrastructure.Preparation.Checks.ReadinessState;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Do the image registries answer and let the project in, and are the version's tags free in production?</summary>
internal static class RegistryRules
{
    public static Task<ReadinessCheck> PreproductionAsync(ReadinessScene scene) =>
        ReachableAsync(scene, "preproduction-registry", scene.Settings.Images!.Preproduction, SecretName.PreproductionRegistryUser, SecretName.PreproductionRegistryPassword);

    public static Task<ReadinessCheck> ProductionAsync(ReadinessScene scene) =>
        ReachableAsync(scene, "production-registry", scene.Settings.Images!.Production, SecretName.ProductionRegistryUser, SecretName.ProductionRegistryPassword);

    public static async Task<ReadinessCheck> TagsFreeAsync(ReadinessScene scene)
    {
        const string id = "image-tags-free";
        if (scene.Version is not { } version)
            return new ReadinessCheck(id, "The images' tags are looked for", Ok, "Once a version is chosen.");
        var images = scene.Settings.Images!;
        var plan = ImageTags.For(images.Tags, GitContext.OfVersion(version), images.Variants);
        if (plan.Faults.Count > 0 || images.Variants.Count == 0)
        {
            return new ReadinessCheck(id, "The images get no tags", Blocking, plan.Faults.Count > 0 ? string.Join(' ', plan.Faults) : "The project names no variant.",
                "Correct the variants and the templates of tags in the project's settings.", Fix: new(FixPlace.Settings, "Open settings", "images"));
        }
        var opened = await OpenAsync(scene, images.Production, SecretName.ProductionRegistryUser, SecretName.ProductionRegistryPassword);
        if (opened is not { } repository)
            return Unreadable(id, SecretName.ProductionRegistryPassword);
        // The first is the most specific one; the others may be tags that users follow, which move.
        var looked = await Task.WhenAll(plan.Variants.Where(own => own.Tags.Count > 0).Select(async own => (Tag: own.Tags[0], Head: await repository.HeadAsync(own.Tags[0], scene.Cancellation))));
        if (looked.FirstOrDefault(each => !each.Head.IsOk) is { Head: { } unseen })
            return new ReadinessCheck(id, "The images' tags cannot be looked for", Blocking, unseen.Error!.ToString(), "Look again when the registry answers.");
        var taken = looked.Where(each => each.Head.Value is not null).ToList();
        return taken.Count == 0
            ? new ReadinessCheck(id, $"The images' tags of {version} are free", Ok, $"{images.Production.Repository} has none of {string.Join(", ", looked.Select(each => each.Tag))}.")
            : new ReadinessCheck(id, $"Images of {version} are in production", Blocking, $"{images.Production.Repository} has {string.Join(", ", taken.Select(each => each.Tag))}. A version's tag is never moved.", "Choose another version.", Fix: new(FixPlace.Version, "Choose version", "version"));
    }

    private static async Task<ReadinessCheck> ReachableAsync(ReadinessScene scene, string id, RegistryAddress address, string user, string password)
    {
        if (!ImageRepository.TryParse(address.Repository, out _, out var fault))
            return new ReadinessCheck(id, "The registry's repository cannot be used", Blocking, fault, "Correct it in the project's settings.", Fix: new(FixPlace.Settings, "Open settings", "images"));
        if (await OpenAsync(scene, address, user, password) is not { } repository)
            return Unreadable(id, password);
        // A ping alone says nothing about this repository.
        var error = await repository.PingAsync(scene.Cancellation) ?? (await repository.TagsAsync(scene.Cancellation)).Error;
        return error?.Kind switch
        {
            null => new ReadinessCheck(id, $"{repository.Name.Registry} answers", Ok, $"{address.Repository} can be read."),
            RegistryFailure.AuthenticationFailed or RegistryFailure.Denied => new ReadinessCheck(id, $"{repository.Name.Registry} does not let the project in", Blocking, error.ToString(),
                "Store a user and a password or access token that may read and write the repository.", Fix: new(FixPlace.Secrets, "Store password", password)),
            _ => new ReadinessCheck(id, $"{repository.Name.Registry} cannot be used", Blocking, error.ToString(), "Look again when it answers."),
        };
    }

    // Null when a stored secret cannot be decrypted.
    private static async Task<RegistryRepository?> OpenAsync(ReadinessScene scene, RegistryAddress address, string user, string password)
    {
        try
        {
            var name = await scene.Sources.Vault.ReadAsync(scene.Project.Id, user, scene.Cancellation);
            var secret = await scene.Sources.Vault.ReadAsync(scene.Project.Id, password, scene.Cancellation);
            return scene.Sources.Registries.Open(address, string.IsNullOrEmpty(name) || string.IsNullOrEmpty(secret) ? null : new RegistryCredential(name, secret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static ReadinessCheck Unreadable(string id, string secret) => new(
        id, "A stored credential cannot be decrypted", Blocking, "Its key is gone, or the row was changed.", "Store it again.", Fix: new(FixPlace.Secrets, "Store password", secret));
}
