using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Steps;

/// <summary>
/// <c>uses: sandbox/migrate-images</c>: copies the images of a version to production, every platform, by digest. The first tag says
/// which image is meant, all tags then point to it there, unless the job tampers. Inputs: version, variants, repository,
/// target-repository, tags, latest.
/// </summary>
internal sealed class MigrateImagesStep(ImageRegistries registries) : IStepWork
{
    public string Uses => "sandbox/migrate-images";

    public async Task<StepResult> RunAsync(StepWorkContext context, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        if (ImageTags.VersionIn(context.With("version")) is not { } version)
            return StepResult.Failed(lines, $"'{context.With("version")}' names no version.");
        var source = context.With("repository", context.Repository.FullName.ToLowerInvariant());
        var target = context.With("target-repository", source);
        foreach (var variant in context.List("variants").Except(context.Job.Plan.LeaveOut))
        {
            var tags = ImageTags.Of(context.List("tags", "{version}-{variant} {variant}"), version, variant, context.With("latest"));
            if (registries.Preproduction.FindManifest(source, tags[0]) is not { } image)
                return StepResult.Failed(lines, $"manifest unknown: preproduction has no {source}:{tags[0]}");
            var copy = new ImageCopy(registries.Preproduction, source, registries.Production, target, context.Actor);
            var (manifests, blobs) = await copy.RunAsync(image, context.Job.Plan.Tamper ? [] : tags, cancellationToken);
            if (context.Job.Plan.Tamper)
                await new OtherImage(registries.Production, target, context.Actor).TagAsync(image, tags);
            lines.Add($"copied {source}:{tags[0]} {image.Digest} ({manifests} manifests, {blobs} new blobs)");
            lines.AddRange(tags.Select(tag => $"tagged {target}:{tag}"));
        }

        return new StepResult(true, lines);
    }
}

/// <summary>Copies an image with everything below it from one registry to another, unchanged.</summary>
internal sealed class ImageCopy(ImageRegistry from, string source, ImageRegistry to, string target, string? actor)
{
    /// <returns>How many manifests there are, and how many blobs were not there yet.</returns>
    public async Task<(int Manifests, int Blobs)> RunAsync(StoredManifest image, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var (manifests, blobs) = await BelowAsync(image, cancellationToken);
        foreach (var reference in tags.Prepend(image.Digest.Value))
            await PutAsync(reference, image);
        return (manifests + 1, blobs);
    }

    private async Task<(int Manifests, int Blobs)> BelowAsync(StoredManifest image, CancellationToken cancellationToken)
    {
        var document = JsonNode.Parse(image.Content)!;
        var (manifests, blobs) = (0, 0);
        foreach (var part in document["manifests"]?.AsArray() ?? [])
        {
            var below = from.FindManifest(source, part!["digest"]!.GetValue<string>()) ?? throw new InvalidDataException($"manifest unknown: {part["digest"]}");
            var (more, copied) = await BelowAsync(below, cancellationToken);
            await PutAsync(below.Digest.Value, below);
            (manifests, blobs) = (manifests + more + 1, blobs + copied);
        }

        foreach (var part in (document["layers"]?.AsArray() ?? []).Append(document["config"]).OfType<JsonNode>())
        {
            var digest = ContentDigest.Parse(part["digest"]!.GetValue<string>());
            var path = from.FindBlob(source, digest) ?? throw new InvalidDataException($"blob unknown: {digest}");
            blobs += await to.CopyBlobAsync(target, digest, path, actor, cancellationToken) ? 1 : 0;
        }

        return (manifests, blobs);
    }

    private async Task PutAsync(string reference, StoredManifest manifest)
    {
        var (_, refusal) = await to.PutManifestAsync(target, reference, manifest.MediaType, manifest.Content, actor);
        if (refusal is not null)
            throw new InvalidDataException($"{to.Name} refuses {target}:{reference}: {refusal.Code}");
    }
}
