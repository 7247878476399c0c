using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>Reading and deleting blobs.</summary>
internal static class BlobRequests
{
    public static async Task<IResult> HandleAsync(RegistryCall call, string text)
    {
        if (!ContentDigest.TryParse(text, out var digest))
            return RegistryError.DigestInvalid(text).Answer();
        switch (call.Http.Request.Method)
        {
            case "GET" or "HEAD":
                if (call.Registry.FindBlob(call.Repository, digest) is not { } path)
                    return RegistryError.BlobUnknown(text).Answer();
                call.Digest(digest);
                call.Header("Cache-Control", "max-age=31536000");
                return Results.File(path, "application/octet-stream", enableRangeProcessing: true);
            case "DELETE":
                return await call.Registry.DeleteBlobAsync(call.Repository, digest, call.Actor!)
                    ? Results.StatusCode(StatusCodes.Status202Accepted)
                    : RegistryError.BlobUnknown(text).Answer();
            default:
                return RegistryError.Unsupported.Answer();
        }
    }
}
