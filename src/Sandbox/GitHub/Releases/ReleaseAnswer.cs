using System.Globalization;
using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Releases;

/// <summary>Releases and their files in GitHub's words.</summary>
internal static class ReleaseAnswer
{
    /// <summary>The word in a release's page address: a draft has no tag yet.</summary>
    public static string PageTag(Release release) =>
        release.Draft ? "untagged-" + release.Id.ToString("x20", CultureInfo.InvariantCulture) : release.Tag;

    public static object Of(GitHubUrls urls, SandboxRepository repository, Release release)
    {
        var api = $"{urls.Repo(repository)}/releases/{release.Id}";
        var archive = release.Draft ? null : release.Tag;
        return new
        {
            url = api,
            assets_url = api + "/assets",
            upload_url = $"{urls.Root}/api/uploads/repos/{repository.FullName}/releases/{release.Id}/assets{{?name,label}}",
            html_url = $"{urls.Html(repository)}/releases/tag/{PageTag(release)}",
            id = release.Id,
            node_id = GitHubUrls.Node("Release", release.Id),
            tag_name = release.Tag,
            target_commitish = release.Target,
            name = release.Name,
            body = release.Body,
            draft = release.Draft,
            prerelease = release.Prerelease,
            immutable = false,
            created_at = release.CreatedAt,
            updated_at = release.PublishedAt ?? release.CreatedAt,
            published_at = release.PublishedAt,
            author = UserAnswer.Of(urls, release.Author),
            assets = release.Assets.Select(asset => Asset(urls, repository, release, asset)),
            tarball_url = archive is null ? null : $"{urls.Repo(repository)}/tarball/{archive}",
            zipball_url = archive is null ? null : $"{urls.Repo(repository)}/zipball/{archive}",
        };
    }

    public static object Asset(GitHubUrls urls, SandboxRepository repository, Release release, Asset asset) => new
    {
        url = $"{urls.Repo(repository)}/releases/assets/{asset.Id}",
        browser_download_url = $"{urls.Html(repository)}/releases/download/{PageTag(release)}/{asset.Name}",
        id = asset.Id,
        node_id = GitHubUrls.Node("ReleaseAsset", asset.Id),
        name = asset.Name,
        label = asset.Label ?? "",
        state = "uploaded",
        content_type = asset.ContentType,
        size = asset.Size,
        digest = asset.Digest,
        download_count = asset.Downloads,
        created_at = asset.CreatedAt,
        updated_at = asset.CreatedAt,
        uploader = UserAnswer.Of(urls, asset.Uploader),
    };
}
