using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>An image as the engine has it.</summary>
/// <param name="Id">Digest of its configuration: <c>sha256:…</c>.</param>
/// <param name="RepoDigests">Names by digest, for registries it was pushed to or pulled from.</param>
/// <param name="Size">Bytes of its layers, unpacked.</param>
public sealed record ImageDetails(
    string Id, IReadOnlyList<string>? RepoTags, IReadOnlyList<string>? RepoDigests, string Architecture, string? Variant, string Os,
    long Size, string? Created, ImageRunSettings? Config, ImageLayers? RootFS)
{
    public Platform Platform => Platform.Of(Os, Architecture, Variant);

    public IReadOnlyDictionary<string, string> Labels => Config?.Labels ?? new Dictionary<string, string>();
}

/// <summary>How containers of an image start.</summary>
public sealed record ImageRunSettings(
    string? User, IReadOnlyList<string>? Env, IReadOnlyList<string>? Entrypoint, IReadOnlyList<string>? Cmd, string? WorkingDir, IReadOnlyDictionary<string, string>? Labels);

/// <summary>The layers of an image, lowest first.</summary>
/// <param name="Layers">Digest of each, unpacked.</param>
public sealed record ImageLayers(string Type, IReadOnlyList<string>? Layers);

/// <summary>One step of an image's history, newest first.</summary>
/// <param name="Id">Of the image after the step; <c>&lt;missing&gt;</c> when it was made elsewhere.</param>
/// <param name="Created">Seconds since 1970.</param>
/// <param name="CreatedBy">The instruction.</param>
/// <param name="Size">Bytes it added.</param>
public sealed record ImageStep(string Id, long Created, string CreatedBy, long Size, IReadOnlyList<string>? Tags, string? Comment);
