using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Refs;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Pulls;

/// <summary>Merges a pull request, as a real commit.</summary>
internal static class MergeEndpoint
{
    internal static void MapMerge(this IEndpointRouteBuilder repo) => repo.MapPut("/pulls/{number:int}/merge", MergeAsync);

    private static async Task<IResult> MergeAsync(
        Call call, int number, MergeRules rules, RefPublisher publisher, PullEvents events, EffectLog effects, TimeProvider time)
    {
        if (await ReadAsync(call) is not { } body)
            return GitHubErrors.BadJson();
        if (body.MergeMethod is not (null or "merge" or "squash" or "rebase"))
            return GitHubErrors.Invalid("PullRequest", "merge_method", "invalid");
        using var turn = await call.Repository.EnterAsync();
        if (call.Pull(number) is not { } pull)
            return GitHubErrors.NotFound();
        if (!pull.Open)
            return GitHubErrors.Answer(405, "Pull Request is not mergeable");
        if (body.Sha is not null && body.Sha != pull.HeadSha)
            return GitHubErrors.Answer(409, "Head branch was modified. Review and try the merge again.");
        if ((await rules.JudgeAsync(call.Repository, pull)).Refusal is { } refusal)
            return GitHubErrors.Answer(405, refusal);

        var git = call.Repository.Git;
        var target = (await git.RefAsync("refs/heads/" + pull.Base))!;
        var person = new GitPerson(call.Writer.Name, call.Writer.Email, time.GetUtcNow());
        if (await CommitAsync(call.Repository, pull, body, target.Sha, person) is not { } merged)
            return GitHubErrors.Answer(405, "This branch can't be rebased due to conflicts");
        var merging = new Merging(number, target.Sha, merged, call.Writer.Login);
        call.Repository.Save_NeedsTurn(call.State with { Merging = merging });
        if (!await git.MoveRefAsync(target.Name, merged, target.Sha))
        {
            call.Repository.Save_NeedsTurn(call.State with { Merging = null });
            return GitHubErrors.Answer(409, "Base branch was modified. Review and try the merge again.");
        }

        var next = pull.Merged(merging, time.GetUtcNow());
        await call.SaveAsync_NeedsTurn(
            effects,
            call.State with { Merging = null, Pulls = call.State.Pulls.Replace(pull, next) },
            "pull.merge", $"{call.Repository.FullName}#{number}", merged);
        await publisher.PublishAsync_NeedsTurn(call.Repository, call.Writer, _ => null);
        await events.SendAsync(call.Repository, next, "closed", call.Writer);
        return call.Ok(new { sha = merged, merged = true, message = "Pull Request successfully merged" });
    }

    private static async Task<string?> CommitAsync(
        SandboxRepository repository, PullRequest pull, MergeBody body, string onto, GitPerson person)
    {
        var git = repository.Git;
        if (body.MergeMethod == "rebase")
            return await git.RebasedAsync(onto, pull.HeadSha, person);
        var tree = await git.MergedTreeAsync(onto, pull.HeadSha) ?? throw new InvalidOperationException("The merge was judged clean just before.");
        var squash = body.MergeMethod == "squash";
        var title = body.CommitTitle
            ?? (squash ? $"{pull.Title} (#{pull.Number})" : $"Merge pull request #{pull.Number} from {repository.State.Owner}/{pull.Head}");
        var message = body.CommitMessage ?? (squash ? await SubjectsAsync(git, onto, pull.HeadSha) : pull.Title);
        var committer = person with { Name = "GitHub", Email = "noreply@github.com" };
        string[] parents = squash ? [onto] : [onto, pull.HeadSha];
        return await git.CommitTreeAsync(tree, parents, message.Length > 0 ? $"{title}\n\n{message}" : title, person, committer);
    }

    private static async Task<string> SubjectsAsync(GitRepository git, string onto, string head) =>
        string.Join("\n\n", (await git.LogAsync(250, 0, head, "^" + onto)).Reverse().Select(commit => "* " + commit.Message));

    // The body is optional.
    private static Task<MergeBody?> ReadAsync(Call call) =>
        call.Http.Request.ContentLength is 0 || call.Http.Request.ContentType is null
            ? Task.FromResult<MergeBody?>(new MergeBody(null, null, null, null))
            : call.ReadAsync<MergeBody>();

    private sealed record MergeBody(string? Sha, string? MergeMethod, string? CommitTitle, string? CommitMessage);
}
