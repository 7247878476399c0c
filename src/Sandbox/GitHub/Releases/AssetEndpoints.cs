using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Releases;

/// <summary>The files of releases.</summary>
internal static class AssetEndpoints
{
    internal static void MapAssets(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/releases/{id:int}/assets", (Call call, int id, GitHubUrls urls) => call.Release(id) is { } release
            ? call.Page(release.Assets, asset => ReleaseAnswer.Asset(urls, call.Repository, release, asset))
            : GitHubErrors.NotFound());
        repo.MapGet("/releases/assets/{id:int}", Get);
        repo.MapDelete("/releases/assets/{id:int}", DeleteAsync);
    }

    /// <summary>Uploads go to an address of their own, as with GitHub.</summary>
    internal static void MapAssetUploads(this IEndpointRouteBuilder uploads) => uploads.MapPost("/releases/{id:int}/assets", UploadAsync);

    /// <summary>The address a browser downloads from.</summary>
    internal static void MapAssetDownloads(this IEndpointRouteBuilder app) => app.MapGet(
        "/{owner}/{repo}/releases/download/{tag}/{name}",
        (string owner, string repo, string tag, string name, SandboxRepositories repositories) =>
            repositories.Find(owner, repo) is { } repository
            && repository.State.Releases.FirstOrDefault(release => ReleaseAnswer.PageTag(release) == Uri.UnescapeDataString(tag)) is { } release
            && release.Assets.FirstOrDefault(asset => asset.Name == name) is { } asset
                ? File(repository, asset)
                : Results.NotFound());

    private static (Release Release, Asset Asset)? Find(Call call, int id)
    {
        foreach (var release in call.State.Releases)
        {
            if (release.Assets.FirstOrDefault(asset => asset.Id == id) is { } asset)
                return (release, asset);
        }

        return null;
    }

    private static IResult Get(Call call, int id, GitHubUrls urls)
    {
        if (Find(call, id) is not { } found)
            return GitHubErrors.NotFound();
        return call.Http.Request.Headers.Accept.ToString().Contains("application/octet-stream", StringComparison.Ordinal)
            ? File(call.Repository, found.Asset)
            : call.Ok(ReleaseAnswer.Asset(urls, call.Repository, found.Release, found.Asset));
    }

    private static IResult File(SandboxRepository repository, Asset asset) =>
        Results.File(AssetFile.PathOf(repository, asset.Id), "application/octet-stream", asset.Name);

    private static async Task<IResult> UploadAsync(Call call, int id, GitHubUrls urls, EffectLog effects, TimeProvider time)
    {
        if (call.Release(id) is null)
            return GitHubErrors.NotFound();
        if (call.Query("name") is not { } name || name.Any(letter => char.IsControl(letter) || letter is '/' or '\\'))
            return GitHubErrors.Invalid("ReleaseAsset", "name", "missing_field");
        var stored = await AssetFile.StoreAsync(
            call.Repository, call.Http.Request.Body, Guid.CreateVersion7(time.GetUtcNow()), call.Http.RequestAborted);
        using var turn = await call.Repository.EnterAsync();
        var release = call.Release(id);
        if (release is null || stored.Size == 0 || release.Assets.Any(asset => asset.Name == name))
        {
            System.IO.File.Delete(stored.Path);
            return release is null ? GitHubErrors.NotFound()
                : stored.Size == 0 ? GitHubErrors.Answer(400, "Bad Content-Length: the file is empty")
                : GitHubErrors.Invalid("ReleaseAsset", "name", "already_exists");
        }

        var asset = new Asset(
            call.State.NextId, name, call.Query("label"), call.Http.Request.ContentType ?? "application/octet-stream",
            stored.Size, stored.Digest, call.Writer.Login, time.GetUtcNow(), 0);
        System.IO.File.Move(stored.Path, AssetFile.PathOf(call.Repository, asset.Id), overwrite: true);
        var next = release with { Assets = release.Assets.Add(asset) };
        await call.SaveAsync_NeedsTurn(
            effects,
            call.State with { LastId = call.State.LastId + 1, Releases = call.State.Releases.Replace(release, next) },
            "asset.upload", $"{call.Repository.FullName} {release.Tag} {name}", asset.Digest);
        return call.Ok(ReleaseAnswer.Asset(urls, call.Repository, next, asset), 201);
    }

    private static async Task<IResult> DeleteAsync(Call call, int id, EffectLog effects)
    {
        using var turn = await call.Repository.EnterAsync();
        if (Find(call, id) is not { } found)
            return GitHubErrors.NotFound();
        var next = found.Release with { Assets = found.Release.Assets.Remove(found.Asset) };
        await call.SaveAsync_NeedsTurn(
            effects,
            call.State with { Releases = call.State.Releases.Replace(found.Release, next) },
            "asset.delete", $"{call.Repository.FullName} {next.Tag} {found.Asset.Name}", found.Asset.Digest);
        System.IO.File.Delete(AssetFile.PathOf(call.Repository, id));
        return Results.NoContent();
    }
}
