using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>A refusal in the words of the distribution specification.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Code of the specification, such as <c>MANIFEST_UNKNOWN</c>.</param>
/// <param name="Message">For people.</param>
/// <param name="Detail">What it is about; null when the message says all.</param>
public sealed record RegistryError(int Status, string Code, string Message, object? Detail = null)
{
    internal static RegistryError NameUnknown(string name) => new(404, "NAME_UNKNOWN", "repository name not known to registry", new { name });

    internal static RegistryError NameInvalid(string name) => new(400, "NAME_INVALID", "invalid repository name", new { name });

    internal static RegistryError TagInvalid(string tag) => new(400, "TAG_INVALID", "manifest tag did not match URI", new { tag });

    internal static RegistryError DigestInvalid(string digest) => new(400, "DIGEST_INVALID", "provided digest did not match uploaded content", new { digest });

    internal static RegistryError BlobUnknown(string digest) => new(404, "BLOB_UNKNOWN", "blob unknown to registry", new { digest });

    internal static RegistryError ManifestUnknown(string reference) => new(404, "MANIFEST_UNKNOWN", "manifest unknown", new { reference });

    internal static RegistryError ManifestInvalid(string why) => new(400, "MANIFEST_INVALID", "manifest invalid", new { why });

    internal static RegistryError ManifestBlobUnknown(string digest) => new(400, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry", new { digest });

    internal static RegistryError UploadUnknown(string id) => new(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry", new { id });

    internal static RegistryError Unsupported { get; } = new(405, "UNSUPPORTED", "The operation is unsupported.");

    internal IResult Answer() => Results.Json(
        new { errors = new[] { new { code = Code, message = Message, detail = Detail } } }, SandboxJson.Compact, statusCode: Status);
}
