using System.Globalization;
using System.Security.Cryptography;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Releases;

/// <summary>The bytes of a release file on disk, under its id.</summary>
internal static class AssetFile
{
    public static string PathOf(SandboxRepository repository, int id) =>
        Path.Combine(repository.Assets, id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Stores bytes under a name of their own; nothing refers to them until the document does.</summary>
    /// <returns>Where they are, how many, and their hash as <c>sha256:...</c>.</returns>
    public static async Task<(string Path, long Size, string Digest)> StoreAsync(
        SandboxRepository repository, Stream body, Guid name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(repository.Assets, name.ToString("N") + ".part");
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        await body.CopyToAsync(file, cancellationToken);
        file.Flush(flushToDisk: true);
        file.Position = 0;
        var hash = await SHA256.HashDataAsync(file, cancellationToken);
        return (path, file.Length, "sha256:" + Convert.ToHexStringLower(hash));
    }
}
