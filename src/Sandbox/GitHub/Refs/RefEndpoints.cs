using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Rest;

namespace ReleaseDashboard.Sandbox.GitHub.Refs;

/// <summary>Refs: read, create, move, delete.</summary>
internal static class RefEndpoints
{
    internal static void MapRefs(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/git/ref/{**name}", GetAsync);
        repo.MapGet("/git/matching-refs/{**name}", ListAsync);
        repo.MapPost("/git/refs", CreateAsync);
        repo.MapPatch("/git/refs/{**name}", UpdateAsync);
        repo.MapDelete("/git/refs/{**name}", DeleteAsync);
    }

    internal static object Answer(Call call, GitHubUrls urls, GitRef found)
    {
        var repo = urls.Repo(call.Repository);
        return new
        {
            @ref = found.Name,
            node_id = GitHubUrls.Node("Ref", found.Name),
            url = $"{repo}/git/{found.Name}",
            @object = new { sha = found.Sha, type = found.Type, url = $"{repo}/git/{found.Type}s/{found.Sha}" },
        };
    }

    private static async Task<IResult> GetAsync(Call call, GitHubUrls urls) =>
        await call.Repository.Git.RefAsync("refs/" + call.Route("name")) is { } found ? call.Ok(Answer(call, urls, found)) : GitHubErrors.NotFound();

    private static async Task<IResult> ListAsync(Call call, GitHubUrls urls)
    {
        var prefix = "refs/" + call.Route("name");
        var refs = await call.Repository.Git.RefsAsync();
        return call.Page([.. refs.Where(found => found.Name.StartsWith(prefix, StringComparison.Ordinal))], found => Answer(call, urls, found));
    }

    private static async Task<IResult> CreateAsync(Call call, GitHubUrls urls, RefPublisher publisher)
    {
        if (await call.ReadAsync<NewRef>() is not { } body)
            return GitHubErrors.BadJson();
        var git = call.Repository.Git;
        if (body.Ref is null || !body.Ref.StartsWith("refs/", StringComparison.Ordinal) || !(await git.RunAsync(["check-ref-format", body.Ref])).Succeeded)
            return GitHubErrors.Answer(422, "Reference name is not valid");
        if (body.Sha is null || !await ExistsAsync(git, body.Sha))
            return GitHubErrors.Answer(422, "Object does not exist");
        using (await call.Repository.EnterAsync())
        {
            if (!await git.MoveRefAsync(body.Ref, body.Sha, before: null))
                return GitHubErrors.Answer(422, "Reference already exists");
            await PublishAsync(call, publisher, "ref.create");
        }

        return call.Ok(Answer(call, urls, (await git.RefAsync(body.Ref))!), 201);
    }

    private static async Task<IResult> UpdateAsync(Call call, GitHubUrls urls, RefPublisher publisher)
    {
        if (await call.ReadAsync<NewRef>() is not { } body)
            return GitHubErrors.BadJson();
        var git = call.Repository.Git;
        var name = "refs/" + call.Route("name");
        using (await call.Repository.EnterAsync())
        {
            if (await git.RefAsync(name) is not { } before)
                return GitHubErrors.Answer(422, "Reference does not exist");
            if (body.Sha is null || !await ExistsAsync(git, body.Sha))
                return GitHubErrors.Answer(422, "Object does not exist");
            var forward = await git.ContainsAsync(body.Sha, before.Sha);
            if (!forward && (!body.Force || call.State.Protected.Contains(name)))
                return GitHubErrors.Answer(422, "Update is not a fast forward");
            if (!await git.MoveRefAsync(name, body.Sha, before.Sha))
                return GitHubErrors.Answer(409, "Reference cannot be updated");
            await PublishAsync(call, publisher, "ref.update");
        }

        return call.Ok(Answer(call, urls, (await git.RefAsync(name))!));
    }

    private static async Task<IResult> DeleteAsync(Call call, RefPublisher publisher)
    {
        var name = "refs/" + call.Route("name");
        using var turn = await call.Repository.EnterAsync();
        if (await call.Repository.Git.RefAsync(name) is not { } before)
            return GitHubErrors.Answer(422, "Reference does not exist");
        if (call.State.Protected.Contains(name))
            return GitHubErrors.Answer(422, "Cannot delete a protected branch");
        if (!await call.Repository.Git.MoveRefAsync(name, null, before.Sha))
            return GitHubErrors.Answer(409, "Reference cannot be deleted");
        await PublishAsync(call, publisher, "ref.delete");
        return Results.NoContent();
    }

    private static Task PublishAsync(Call call, RefPublisher publisher, string action) => publisher.PublishAsync_NeedsTurn(
        call.Repository,
        call.Writer,
        change => new Effect("github", action, $"{call.Repository.FullName} {change.Name}", change.After, call.Writer.Login));

    private static async Task<bool> ExistsAsync(GitRepository git, string sha) =>
        sha.Length == 40 && sha.All(char.IsAsciiHexDigit) && (await git.RunAsync(["cat-file", "-e", sha])).Succeeded;

    private sealed record NewRef(string? Ref, string? Sha, bool Force = false);
}
