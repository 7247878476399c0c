using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Releases;

/// <summary>Creating, editing and publishing releases.</summary>
internal static class ReleaseWrites
{
    internal static void MapReleaseWrites(this IEndpointRouteBuilder repo)
    {
        repo.MapPost("/releases", CreateAsync);
        repo.MapPatch("/releases/{id:int}", UpdateAsync);
    }

    private static async Task<IResult> CreateAsync(Call call, GitHubUrls urls, ReleasePublisher publisher, EffectLog effects, TimeProvider time)
    {
        if (await call.ReadAsync<ReleaseBody>() is not { } body)
            return GitHubErrors.BadJson();
        using var turn = await call.Repository.EnterAsync();
        if (await RefusalAsync(call, body, null, body.Draft ?? false) is { } refusal)
            return refusal;
        var notes = body.GenerateReleaseNotes == true
            ? await GeneratedNotes.OfAsync(urls, call.Repository, body.TagName!, body.TargetCommitish, null)
            : null;
        var release = new Release
        {
            Id = call.State.NextId,
            Tag = body.TagName!,
            Target = body.TargetCommitish ?? call.State.DefaultBranch,
            Name = body.Name ?? notes?.Name,
            Body = notes is null ? body.Body : string.Join("\n\n", new[] { body.Body, notes.Body }.Where(part => part is not null)),
            Draft = true,
            Prerelease = body.Prerelease ?? false,
            Author = call.Writer.Login,
            CreatedAt = time.GetUtcNow(),
        };
        var state = call.State with { LastId = call.State.LastId + 1, Releases = call.State.Releases.Add(release) };
        await call.SaveAsync_NeedsTurn(effects, state, "release.create", Subject(call, release), null);
        if (body.Draft != true)
            release = await publisher.PublishAsync_NeedsTurn(call, call.State, release, body.MakeLatest ?? "true");
        return call.Ok(ReleaseAnswer.Of(urls, call.Repository, release), 201);
    }

    private static async Task<IResult> UpdateAsync(Call call, int id, GitHubUrls urls, ReleasePublisher publisher, EffectLog effects)
    {
        if (await call.ReadAsync<ReleaseBody>() is not { } body)
            return GitHubErrors.BadJson();
        using var turn = await call.Repository.EnterAsync();
        if (call.Release(id) is not { } release)
            return GitHubErrors.NotFound();
        if (await RefusalAsync(call, body with { TagName = body.TagName ?? release.Tag }, release, body.Draft ?? release.Draft) is { } refusal)
            return refusal;
        var next = release with
        {
            Tag = body.TagName ?? release.Tag,
            Target = body.TargetCommitish ?? release.Target,
            Name = body.Name ?? release.Name,
            Body = body.Body ?? release.Body,
            Prerelease = body.Prerelease ?? release.Prerelease,
        };
        var state = call.State with { Releases = call.State.Releases.Replace(release, next) };
        if (release.Draft && body.Draft == false)
        {
            next = await publisher.PublishAsync_NeedsTurn(call, state, next, body.MakeLatest ?? "true");
        }
        else
        {
            var moved = body.MakeLatest is { } make ? LatestRelease.After(state, next, make) : state;
            await call.SaveAsync_NeedsTurn(effects, moved, "release.update", Subject(call, next), null);
        }

        return call.Ok(ReleaseAnswer.Of(urls, call.Repository, next));
    }

    private static async Task<IResult?> RefusalAsync(Call call, ReleaseBody body, Release? existing, bool draft)
    {
        if (body.TagName is not { Length: > 0 })
            return GitHubErrors.Invalid("Release", "tag_name", "missing_field");
        if (!(await call.Repository.Git.RunAsync(["check-ref-format", "refs/tags/" + body.TagName])).Succeeded)
            return GitHubErrors.Invalid("Release", "tag_name", "custom", "tag_name is not well-formed");
        if (body.MakeLatest is not (null or "true" or "false" or "legacy"))
            return GitHubErrors.Invalid("Release", "make_latest", "invalid");
        if (!draft && call.State.Releases.Any(other => !other.Draft && other.Tag == body.TagName && other.Id != existing?.Id))
            return GitHubErrors.Invalid("Release", "tag_name", "already_exists");
        var target = body.TargetCommitish ?? existing?.Target ?? call.State.DefaultBranch;
        var tagged = await call.Repository.Git.RefAsync("refs/tags/" + body.TagName) is not null;
        return !draft && !tagged && await call.Repository.Git.ResolveAsync(target) is null
            ? GitHubErrors.Invalid("Release", "target_commitish", "invalid")
            : null;
    }

    private static string Subject(Call call, Release release) => $"{call.Repository.FullName} {release.Tag}";

    private sealed record ReleaseBody(
        string? TagName, string? TargetCommitish, string? Name, string? Body, bool? Draft, bool? Prerelease, string? MakeLatest,
        bool? GenerateReleaseNotes);
}
