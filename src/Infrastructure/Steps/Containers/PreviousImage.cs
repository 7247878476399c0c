using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Containers.Engine;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// The image that users have of a variant, fetched for one build: layers that did not change are taken from it. The engine's own cache does
/// not last, because a release takes its images away again. What was fetched is taken away when disposed; the layers that are shared stay.
/// </summary>
internal sealed class PreviousImage : IAsyncDisposable
{
    private readonly Func<Task> forget;

    private PreviousImage(IReadOnlyList<string> ids, Func<Task>? forget = null) => (Ids, this.forget) = (ids, forget ?? (() => Task.CompletedTask));

    /// <summary>What the builder may take layers from; nothing when there is none.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The most specific tag that the version before has in production; null for a first release.</summary>
    public static ImageReference? Of(ReleaseFacts facts, ProjectImages images, string variant)
    {
        if (!PythonVersion.TryParse(facts.LastVersion ?? "", out var last, out _))
            return null;
        var tags = ImageTags.For(images.Settings.Tags, GitContext.OfVersion(last), images.Settings.Variants).Of(variant);
        return tags.Count == 0 ? null : new ImageReference(RegistryChoice.Of(isProduction: true, images.Settings).Repository, tags[0]);
    }

    /// <summary>Without it everything is built anew, which is no failure.</summary>
    public static async Task<PreviousImage> FetchAsync(EngineClient engine, ImageBuild build, Action<string> log, CancellationToken cancellationToken)
    {
        if (!build.UseCache || build.Previous is not { } previous)
            return new PreviousImage([]);
        var before = await engine.InspectAsync(previous.Familiar, cancellationToken);
        var id = await new BaseImages(engine, build, log).FetchAsync(previous, build.Key.Platform, cancellationToken);
        if (!id.IsOk)
        {
            log($"No layers are taken from {previous.Familiar}: {id.Error.Why}");
            return new PreviousImage([]);
        }
        log($"Layers that did not change are taken from {previous.Familiar}");
        // One that was there before is not ours to take away.
        return new PreviousImage([id.Value], before is { IsOk: true, Value: null } ? () => ForgetAsync(engine, previous, log) : null);
    }

    public async ValueTask DisposeAsync() => await forget();

    private static async Task ForgetAsync(EngineClient engine, ImageReference previous, Action<string> log)
    {
        var removed = await engine.RemoveImageAsync(previous.Familiar, force: false, CancellationToken.None);
        if (!removed.IsOk)
            log($"{previous.Familiar} stays on the engine: {removed.Error.Message}");
    }
}
