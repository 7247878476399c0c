using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.GitHub.Rest;

namespace ReleaseDashboard.Sandbox.GitHub.Commits;

/// <summary>Files and folders of a commit.</summary>
internal static class ContentEndpoints
{
    internal static void MapContents(this IEndpointRouteBuilder repo) => repo.MapGet("/contents/{**path}", GetAsync);

    private static async Task<IResult> GetAsync(Call call, GitHubUrls urls)
    {
        var path = call.Route("path").Trim('/');
        var reference = call.Query("ref") ?? call.State.DefaultBranch;
        var git = call.Repository.Git;
        if (await git.ResolveAsync(reference) is not { } sha)
            return GitHubErrors.Answer(404, $"No commit found for the ref {reference}");
        var type = path.Length == 0 ? "tree" : (await git.RunAsync(["cat-file", "-t", $"{sha}:{path}"])).Text;
        if (type == "tree")
        {
            var listed = await git.DemandAsync(["ls-tree", "-l", "-z", $"{sha}:{path}"]);
            var entries = listed.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => Entry(call, urls, path, reference, line));
            return call.Ok(entries);
        }

        if (type != "blob")
            return GitHubErrors.NotFound();
        var bytes = (await git.DemandAsync(["cat-file", "blob", $"{sha}:{path}"])).Output;
        var blob = (await git.DemandAsync(["rev-parse", $"{sha}:{path}"])).Text;
        var answer = Describe(call, urls, path, reference, "file", blob, bytes.Length);
        answer["encoding"] = "base64";
        answer["content"] = Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n") + "\n";
        return call.Ok(answer);
    }

    private static Dictionary<string, object?> Entry(Call call, GitHubUrls urls, string folder, string reference, string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        var facts = line[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var type = facts[1] switch { "tree" => "dir", "commit" => "submodule", _ => "file" };
        var size = long.TryParse(facts[3], System.Globalization.CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
        return Describe(call, urls, (folder.Length > 0 ? folder + "/" : "") + line[(tab + 1)..], reference, type, facts[2], size);
    }

    private static Dictionary<string, object?> Describe(
        Call call, GitHubUrls urls, string path, string reference, string type, string sha, long size)
    {
        var url = $"{urls.Repo(call.Repository)}/contents/{path}?ref={reference}";
        var html = $"{urls.Html(call.Repository)}/blob/{reference}/{path}";
        var objectUrl = $"{urls.Repo(call.Repository)}/git/{(type == "dir" ? "trees" : "blobs")}/{sha}";
        return new Dictionary<string, object?>
        {
            ["type"] = type,
            ["name"] = path.Split('/')[^1],
            ["path"] = path,
            ["sha"] = sha,
            ["size"] = size,
            ["url"] = url,
            ["html_url"] = html,
            ["git_url"] = objectUrl,
            ["download_url"] = type == "file" ? $"{urls.Html(call.Repository)}/raw/{reference}/{path}" : null,
            ["_links"] = new { self = url, git = objectUrl, html },
        };
    }
}
