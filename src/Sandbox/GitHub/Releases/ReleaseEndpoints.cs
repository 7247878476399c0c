using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Releases;

/// <summary>Reading releases, their generated notes, and deleting one.</summary>
internal static class ReleaseEndpoints
{
    internal static void MapReleases(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/releases", (Call call, GitHubUrls urls) => call.Page(
            // Drafts are seen by those who may write; newest first.
            [.. call.State.Releases.Where(release => !release.Draft || call.Actor is not null).Reverse()],
            release => ReleaseAnswer.Of(urls, call.Repository, release)));
        repo.MapGet("/releases/latest", (Call call, GitHubUrls urls) => Answer(call, urls, LatestRelease.Of(call.State)));
        repo.MapGet("/releases/tags/{**tag}", (Call call, GitHubUrls urls) => Answer(
            call, urls, call.State.Releases.FirstOrDefault(release => !release.Draft && release.Tag == call.Route("tag"))));
        repo.MapGet("/releases/{id:int}", (Call call, int id, GitHubUrls urls) => Answer(call, urls, Release(call, id)));
        repo.MapDelete("/releases/{id:int}", DeleteAsync);
        repo.MapPost("/releases/generate-notes", GenerateAsync);
    }

    internal static Release? Release(this Call call, int id) =>
        call.State.Releases.FirstOrDefault(release => release.Id == id && (!release.Draft || call.Actor is not null));

    private static IResult Answer(Call call, GitHubUrls urls, Release? release) =>
        release is null ? GitHubErrors.NotFound() : call.Ok(ReleaseAnswer.Of(urls, call.Repository, release));

    private static async Task<IResult> DeleteAsync(Call call, int id, EffectLog effects)
    {
        using var turn = await call.Repository.EnterAsync();
        if (call.Release(id) is not { } release)
            return GitHubErrors.NotFound();
        await call.SaveAsync_NeedsTurn(
            effects,
            call.State with { Releases = call.State.Releases.Remove(release) },
            "release.delete", $"{call.Repository.FullName} {release.Tag}", null);
        foreach (var asset in release.Assets)
            File.Delete(AssetFile.PathOf(call.Repository, asset.Id));
        return Results.NoContent();
    }

    private static async Task<IResult> GenerateAsync(Call call, GitHubUrls urls)
    {
        if (await call.ReadAsync<NotesBody>() is not { } body)
            return GitHubErrors.BadJson();
        if (body.TagName is not { Length: > 0 })
            return GitHubErrors.Invalid("Release", "tag_name", "missing_field");
        return await GeneratedNotes.OfAsync(urls, call.Repository, body.TagName, body.TargetCommitish, body.PreviousTagName) is { } notes
            ? call.Ok(new { name = notes.Name, body = notes.Body })
            : GitHubErrors.Invalid("Release", "target_commitish", "invalid");
    }

    private sealed record NotesBody(string? TagName, string? TargetCommitish, string? PreviousTagName);
}
