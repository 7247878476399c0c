using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>Manifests and indexes, by tag or digest.</summary>
internal static class ManifestRequests
{
    private const int Largest = 4 * 1024 * 1024;

    public static async Task<IResult> HandleAsync(RegistryCall call, string reference) => call.Http.Request.Method switch
    {
        "GET" or "HEAD" => Read(call, reference),
        "PUT" => await WriteAsync(call, reference),
        "DELETE" => await DeleteAsync(call, reference),
        _ => RegistryError.Unsupported.Answer(),
    };

    private static IResult Read(RegistryCall call, string reference)
    {
        if (call.Registry.Tags(call.Repository) is null)
            return RegistryError.NameUnknown(call.Repository).Answer();
        if (call.Registry.FindManifest(call.Repository, reference) is not { } manifest)
            return RegistryError.ManifestUnknown(reference).Answer();
        call.Digest(manifest.Digest);
        call.Header("ETag", $"\"{manifest.Digest}\"");
        return Results.Bytes(manifest.Content, manifest.MediaType);
    }

    private static async Task<IResult> WriteAsync(RegistryCall call, string reference)
    {
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (var read = await call.Http.Request.Body.ReadAsync(buffer, call.Aborted); read > 0; read = await call.Http.Request.Body.ReadAsync(buffer, call.Aborted))
        {
            content.Write(buffer, 0, read);
            if (content.Length > Largest)
                return new RegistryError(413, "MANIFEST_INVALID", "manifest too large").Answer();
        }

        var type = call.Http.Request.ContentType?.Split(';')[0].Trim();
        var (stored, refusal) = await call.Registry.PutManifestAsync(call.Repository, reference, type, content.ToArray(), call.Actor!);
        if (stored is null)
            return refusal!.Answer();
        call.Locate($"manifests/{stored.Digest}");
        call.Digest(stored.Digest);
        if (ManifestDocument.Read(stored.Content, stored.MediaType).Document?.Subject is { } subject)
            call.Header("OCI-Subject", subject.Value);
        return Results.StatusCode(StatusCodes.Status201Created);
    }

    private static async Task<IResult> DeleteAsync(RegistryCall call, string reference)
    {
        var deleted = ContentDigest.TryParse(reference, out var digest)
            ? await call.Registry.DeleteManifestAsync(call.Repository, digest, call.Actor!)
            : RegistryNames.IsTag(reference) && await call.Registry.DeleteTagAsync(call.Repository, reference, call.Actor!);
        return deleted ? Results.StatusCode(StatusCodes.Status202Accepted) : RegistryError.ManifestUnknown(reference).Answer();
    }
}
