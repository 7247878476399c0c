using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>A request about a repository of a registry.</summary>
/// <param name="Http">The request.</param>
/// <param name="Registry">The registry of the port it came to.</param>
/// <param name="Repository">The repository of its address; a valid name.</param>
/// <param name="Actor">Who writes; null when it only reads.</param>
internal sealed record RegistryCall(HttpContext Http, ImageRegistry Registry, string Repository, string? Actor)
{
    public CancellationToken Aborted => Http.RequestAborted;

    public string? Query(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    public void Header(string name, string value) => Http.Response.Headers[name] = value;

    /// <summary>Says where something is, with the host the caller used.</summary>
    public void Locate(string path) => Header("Location", $"{Http.Request.Scheme}://{Http.Request.Host}/v2/{Repository}/{path}");

    public void Digest(ContentDigest digest) => Header("Docker-Content-Digest", digest.Value);
}
