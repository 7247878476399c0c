using System.Text.Json;

namespace ReleaseDashboard.Infrastructure.Python;

/// <summary>Reads the two shapes in which indexes list files: the JSON API's <c>urls</c> and the simple API's <c>files</c> (PEP 691).</summary>
internal static class PackageIndexJson
{
    public static PackageVersion Version(JsonElement root)
    {
        var info = root.GetProperty("info");
        return new PackageVersion(
            info.GetProperty("name").GetString()!,
            info.GetProperty("version").GetString()!,
            [.. root.GetProperty("urls").EnumerateArray().Select(file => File(file, "digests", new Uri(file.GetProperty("url").GetString()!)))]
        );
    }

    /// <param name="page">The page's own address: file addresses may be relative to it.</param>
    public static PackageProject Project(JsonElement root, Uri page) =>
        new(
            root.GetProperty("name").GetString()!,
            root.TryGetProperty("versions", out var versions) ? [.. versions.EnumerateArray().Select(version => version.GetString()!)] : [],
            [.. root.GetProperty("files").EnumerateArray().Select(file => File(file, "hashes", new Uri(page, file.GetProperty("url").GetString()!)))]
        );

    private static PackageFile File(JsonElement file, string hashes, Uri url)
    {
        var sha256 = file.GetProperty(hashes).TryGetProperty("sha256", out var hash) ? hash.GetString()?.ToLowerInvariant() : null;
        long? size = file.TryGetProperty("size", out var bytes) && bytes.ValueKind == JsonValueKind.Number ? bytes.GetInt64() : null;
        // The simple API says the reason in place of true.
        var yanked = file.TryGetProperty("yanked", out var mark) && mark.ValueKind is (JsonValueKind.True or JsonValueKind.String);
        var reason = mark.ValueKind == JsonValueKind.String ? mark.GetString()
            : file.TryGetProperty("yanked_reason", out var why) && why.ValueKind == JsonValueKind.String ? why.GetString()
            : null;
        return new PackageFile(file.GetProperty("filename").GetString()!, url, sha256, size, yanked, yanked ? reason : null, RequiresPython(file));
    }

    // The simple API writes it with a dash, the JSON API with an underscore.
    private static string? RequiresPython(JsonElement file) =>
        (file.TryGetProperty("requires-python", out var value) || file.TryGetProperty("requires_python", out value)) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
