using System.Globalization;
using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>Lists of tags, of repositories, and of what belongs to a manifest.</summary>
internal static class ListRequests
{
    public static IResult Tags(RegistryCall call) => call.Registry.Tags(call.Repository) is { } tags
        ? Results.Json(new { name = call.Repository, tags = Page(call.Http, tags) }, SandboxJson.Compact)
        : RegistryError.NameUnknown(call.Repository).Answer();

    public static IResult Catalog(HttpContext context, ImageRegistry registry) =>
        Results.Json(new { repositories = Page(context, registry.Repositories) }, SandboxJson.Compact);

    public static IResult Referrers(RegistryCall call, string text)
    {
        if (!ContentDigest.TryParse(text, out var subject))
            return RegistryError.DigestInvalid(text).Answer();
        var wanted = call.Query("artifactType");
        if (wanted is not null)
            call.Header("OCI-Filters-Applied", "artifactType");
        var manifests = call.Registry.Referrers(call.Repository, subject)
            .Where(found => wanted is null || found.Document.ArtifactType == wanted)
            .Select(found => new Dictionary<string, object?>
            {
                ["mediaType"] = found.Stored.MediaType,
                ["digest"] = found.Stored.Digest.Value,
                ["size"] = found.Stored.Content.Length,
                ["artifactType"] = found.Document.ArtifactType,
                ["annotations"] = found.Document.Annotations ?? new Dictionary<string, string>(),
            });
        var index = new Dictionary<string, object?> { ["schemaVersion"] = 2, ["mediaType"] = MediaTypes.OciIndex, ["manifests"] = manifests };
        return Results.Json(index, SandboxJson.Compact, MediaTypes.OciIndex);
    }

    // "n" is how many, "last" the one before the first; the link leads on until there is no more.
    private static List<string> Page(HttpContext context, IReadOnlyList<string> all)
    {
        var last = context.Request.Query["last"].ToString();
        var rest = all.Where(name => last.Length == 0 || string.CompareOrdinal(name, last) > 0).ToList();
        if (!int.TryParse(context.Request.Query["n"], NumberStyles.None, CultureInfo.InvariantCulture, out var most) || rest.Count <= most)
            return rest;
        if (most > 0)
            context.Response.Headers.Link = $"<{context.Request.Path.ToUriComponent()}?last={Uri.EscapeDataString(rest[most - 1])}&n={most}>; rel=\"next\"";
        return rest[..most];
    }
}
