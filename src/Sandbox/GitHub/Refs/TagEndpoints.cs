using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Rest;

namespace ReleaseDashboard.Sandbox.GitHub.Refs;

/// <summary>Annotated tag objects; the ref to one is made apart, as with GitHub.</summary>
internal static class TagEndpoints
{
    internal static void MapTags(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/git/tags/{sha}", GetAsync);
        repo.MapPost("/git/tags", CreateAsync);
        repo.MapGet("/tags", ListAsync);
    }

    private static async Task<IResult> GetAsync(Call call, GitHubUrls urls) =>
        await AnswerAsync(call, urls, call.Route("sha")) is { } answer ? call.Ok(answer) : GitHubErrors.NotFound();

    private static async Task<IResult> CreateAsync(Call call, GitHubUrls urls, EffectLog effects, TimeProvider time)
    {
        if (await call.ReadAsync<NewTag>() is not { } body)
            return GitHubErrors.BadJson();
        if (body.Tag is not { Length: > 0 } || body.Tag.Any(char.IsControl))
            return GitHubErrors.Invalid("TagObject", "tag", "missing_field");
        var tagger = new GitPerson(body.Tagger?.Name ?? call.Writer.Name, body.Tagger?.Email ?? call.Writer.Email, body.Tagger?.Date ?? time.GetUtcNow());
        var text = $"object {body.Object}\ntype {body.Type ?? "commit"}\ntag {body.Tag}\ntagger {tagger.Line}\n\n{body.Message}\n";
        if (body.Object is not { Length: 40 } || await call.Repository.Git.RunAsync(["mktag"], input: text) is not { Succeeded: true } made)
            return GitHubErrors.Invalid("TagObject", "object", "invalid");
        await call.RecordAsync(effects, "tag.create", $"{call.Repository.FullName} {body.Tag}", made.Text);
        return call.Ok(await AnswerAsync(call, urls, made.Text), 201);
    }

    private static async Task<IResult> ListAsync(Call call, GitHubUrls urls)
    {
        var tags = await call.Repository.Git.RefsAsync("refs/tags");
        return call.Page([.. tags.Reverse()], tag => new
        {
            name = tag.Name["refs/tags/".Length..],
            commit = new { sha = tag.Commit, url = $"{urls.Repo(call.Repository)}/commits/{tag.Commit}" },
            zipball_url = $"{urls.Repo(call.Repository)}/zipball/{tag.Name}",
            tarball_url = $"{urls.Repo(call.Repository)}/tarball/{tag.Name}",
            node_id = GitHubUrls.Node("Ref", tag.Name),
        });
    }

    private static async Task<object?> AnswerAsync(Call call, GitHubUrls urls, string sha)
    {
        if (sha.Length != 40 || await call.Repository.Git.RunAsync(["cat-file", "tag", sha]) is not { Succeeded: true } answer)
            return null;
        var split = answer.Text.IndexOf("\n\n", StringComparison.Ordinal);
        var header = answer.Text[..split].Split('\n').Select(line => line.Split(' ', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var person = header["tagger"];
        var (open, close) = (person.IndexOf('<', StringComparison.Ordinal), person.IndexOf('>', StringComparison.Ordinal));
        var seconds = long.Parse(person[(close + 2)..].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var repo = urls.Repo(call.Repository);
        return new
        {
            node_id = GitHubUrls.Node("Tag", sha),
            tag = header["tag"],
            sha,
            url = $"{repo}/git/tags/{sha}",
            message = answer.Text[(split + 2)..],
            tagger = new { name = person[..open].Trim(), email = person[(open + 1)..close], date = DateTimeOffset.FromUnixTimeSeconds(seconds) },
            @object = new { sha = header["object"], type = header["type"], url = $"{repo}/git/{header["type"]}s/{header["object"]}" },
            verification = CommitVerification.Unsigned,
        };
    }

    private sealed record NewTag(string? Tag, string? Message, string? Object, string? Type, NewTagger? Tagger);

    private sealed record NewTagger(string Name, string Email, DateTimeOffset? Date);
}
