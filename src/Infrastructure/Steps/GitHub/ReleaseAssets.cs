using System.Security.Cryptography;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Python;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

/// <summary>A built file that a GitHub release carries.</summary>
internal sealed record ReleaseAsset(string Name, string Path, string Sha256, long Size)
{
    /// <summary>Whether what GitHub has is this file. Without a digest (older servers) the size has to do.</summary>
    public bool IsSame(GitHubAsset there) => there.State == "uploaded" && there.Size == Size && (there.Digest is null || there.Digest == $"sha256:{Sha256}");
}

/// <summary>Reads the files to attach from the release's folder, and puts them on a GitHub release.</summary>
internal static class ReleaseAssets
{
    /// <summary>The files, each with the hash that it was built with.</summary>
    public static async Task<Result<IReadOnlyList<ReleaseAsset>, StepError>> ReadAsync(StepContext context, CancellationToken cancellationToken)
    {
        var assets = new List<ReleaseAsset>();
        foreach (var name in context.Inputs.List("assets").Where(name => name.Length > 0))
        {
            var built = context.Outputs.Values.FirstOrDefault(evidence => evidence["file"] == name && evidence["sha256"] is not null)?["sha256"];
            built ??= context.Outputs.Values.FirstOrDefault(evidence => evidence["wheel"] == name)?["wheel_sha256"];
            var path = BuiltFiles.Locate(context, name, built);
            if (!File.Exists(path))
            {
                return new StepError("file-missing", $"{name} is not on this worker.", $"There is no {path}.",
                    "Start the worker that built it, or bring the file back from the index, then retry.");
            }

            await using var stream = File.OpenRead(path);
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
            if (built is not null && built != sha256)
            {
                return new StepError("bytes-changed", $"{name} is not the file that was built.", $"Its SHA-256 is {sha256}; {built} was built.",
                    "Find out what changed the file. Put the built bytes back, or abort: other bytes are never published.");
            }

            assets.Add(new ReleaseAsset(name, path, sha256, stream.Length));
        }
        return assets;
    }

    /// <summary>Uploads what is missing. An upload whose answer is lost is looked for once; a broken one is removed and made again.</summary>
    /// <returns>Null when all is there.</returns>
    public static async Task<GitHubError?> UploadAsync(
        StepContext context, GitHubSession session, GitHubRelease release, IReadOnlyList<ReleaseAsset> assets, CancellationToken cancellationToken)
    {
        var there = await session.Client.AssetsAsync(session.Name, release.Id, cancellationToken);
        if (!there.IsOk)
            return there.Error;
        foreach (var asset in assets)
        {
            var found = there.Value.FirstOrDefault(other => other.Name == asset.Name);
            if (found is not null && asset.IsSame(found))
                continue;
            if (found is not null)
            {
                // Whole assets with other bytes were refused when looking; what is left is a broken upload.
                var removed = await session.Client.DeleteBrokenAssetAsync(session.Name, found, cancellationToken);
                if (!removed.IsOk)
                    return removed.Error;
            }

            context.Log.Write($"POST {release.UploadUrl.Split('{')[0]}?name={asset.Name}: {asset.Size} bytes, sha256 {asset.Sha256}");
            var sent = await session.Client.UploadAssetAsync(release, asset.Name, "application/gzip", File.OpenRead(asset.Path), cancellationToken);
            if (!sent.IsOk && !(sent.Error.IsAnswerLost && await ArrivedAsync(session, release, asset, cancellationToken)))
                return sent.Error;
        }
        return null;
    }

    private static async Task<bool> ArrivedAsync(GitHubSession session, GitHubRelease release, ReleaseAsset asset, CancellationToken cancellationToken)
    {
        var there = await session.Client.AssetsAsync(session.Name, release.Id, cancellationToken);
        return there.IsOk && there.Value.Any(other => other.Name == asset.Name && asset.IsSame(other));
    }
}
