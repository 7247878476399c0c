using System.Collections.Concurrent;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Builds all images of one release, group after group.</summary>
internal sealed class ImageBuildRun(
    StepContext context, EngineClient engine, IImageBuilder builder, ProjectImages images, VariantFiles files, string checkout, string commit)
{
    private const int AtOnce = 4;

    private readonly ConcurrentDictionary<ImageKey, string> built = new();
    private readonly ConcurrentDictionary<ImageKey, bool> fresh = new();

    /// <returns>The first failure, or null. One failure stops what has not begun; what runs is let to its end, for its log.</returns>
    public async Task<StepError?> RunAsync(CancellationToken cancellationToken)
    {
        var version = await engine.VersionAsync(cancellationToken);
        if (!version.IsOk)
            return ContainerStepErrors.Of(version.Error, "The images cannot be built.");
        var machine = Platform.Of(version.Value.Os, version.Value.Arch, null);
        var logins = await LoginsAsync(cancellationToken);
        foreach (var group in files.Groups(images))
        {
            var errors = new ConcurrentQueue<StepError>();
            await Parallel.ForEachAsync(group, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (key, stop) =>
            {
                if (errors.IsEmpty && await BuildAsync(key, machine, logins, stop) is { } error)
                    errors.Enqueue(error);
            });
            if (errors.TryDequeue(out var first))
                return first;
        }
        return null;
    }

    private async Task<StepError?> BuildAsync(ImageKey key, Platform machine, IReadOnlyList<EngineLogin> logins, CancellationToken cancellationToken)
    {
        var variant = images.Variant(key.Variant);
        var name = LocalImages.NameOf(context.Facts, key);
        if (await FindAsync(key, name, cancellationToken) is { } there)
        {
            built[key] = builder.Reference(name, there);
            Write(key, $"is {there.Id} already");
            return null;
        }
        var text = new OwnBases(images.Settings, own => built.GetValueOrDefault(own)).Resolve(variant, files.TextOf(key.Variant), key.Platform, machine);
        if (!text.IsOk)
            return text.Error;
        var folder = CheckoutFolder.Locate(checkout, variant.Context);
        if (!folder.IsOk)
            return folder.Error;
        var build = new ImageBuild(
            key, variant, text.Value, folder.Value, context.Facts.StartedAt, name, ImageLabels.Of(context.Facts, commit), machine, context.Inputs.Flag("cache")) 
        {
            Pull = context.Inputs.Flag("pull"),
            Logins = logins,
            Previous = PreviousImage.Of(context.Facts, images, key.Variant),
        };
        Write(key, $"building {variant.Dockerfile}");
        if (await builder.BuildAsync(context, build, line => Write(key, line), cancellationToken) is { } error)
            return error;
        var image = await engine.InspectAsync(name.Familiar, cancellationToken);
        if (!image.IsOk)
            return ContainerStepErrors.Of(image.Error, $"The image {key} cannot be looked at.");
        if (image.Value is null)
            return new StepError("not-as-built", $"The image {key} is not on the engine.", $"It was built, and there is no {name.Familiar}.", "See what removes images on the worker's engine, then retry.");
        built[key] = builder.Reference(name, image.Value);
        fresh[key] = true;
        Write(key, $"is {image.Value.Id}");
        return null;
    }

    // What an attempt before this one built is kept: the engine's cache alone would not always give the same image again, because builds that
    // run at once may each make their own of a layer they share. An image whose base was built anew is not of this release any more.
    private async Task<ImageDetails?> FindAsync(ImageKey key, ImageReference name, CancellationToken cancellationToken)
    {
        if (files.Orders[key.Platform.ToString()].Needs[key.Variant].Any(need => fresh.Keys.Any(other => other.Variant == need)))
            return null;
        var image = await engine.InspectAsync(name.Familiar, cancellationToken);
        return image is { IsOk: true, Value: { } found } && LocalImages.IsOf(found, context.Facts, commit, key) ? found : null;
    }

    private async Task<IReadOnlyList<EngineLogin>> LoginsAsync(CancellationToken cancellationToken)
    {
        var logins = new Dictionary<string, EngineLogin>();
        foreach (var isProduction in new[] { true, false })
        {
            if (await RegistryChoice.Of(isProduction, images.Settings).LoginAsync(context, cancellationToken) is { } login)
                logins.TryAdd(login.Server, login);
        }
        return [.. logins.Values];
    }

    private void Write(ImageKey key, string line) => context.Log.Write($"[{key}] {line}");
}
