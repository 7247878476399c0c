using System.Net.Http.Headers;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>Releases and their assets.</summary>
public sealed partial class GitHubClient
{
    public Task<Result<GitHubRelease, GitHubError>> CreateReleaseAsync(RepositoryName name, ReleaseContent content, CancellationToken cancellation) =>
        SendAsync<GitHubRelease>(HttpMethod.Post, $"{name.Path}/releases", content, cancellation);

    /// <summary>All releases of a tag, drafts too: the call by tag name does not see drafts, so this goes through the list.</summary>
    public async Task<Result<IReadOnlyList<GitHubRelease>, GitHubError>> FindReleasesAsync(
        RepositoryName name, TagName tag, CancellationToken cancellation) =>
        (await ListAsync<GitHubRelease>($"{name.Path}/releases", cancellation))
            .Map<IReadOnlyList<GitHubRelease>>(all => [.. all.Where(release => release.TagName == tag.Value)]);

    public Task<Result<GitHubRelease, GitHubError>> ReleaseAsync(RepositoryName name, long id, CancellationToken cancellation) =>
        GetAsync<GitHubRelease>($"{name.Path}/releases/{id}", cancellation);

    /// <summary>The published release of a tag, as everybody sees it; null when there is none.</summary>
    public Task<Result<GitHubRelease?, GitHubError>> ReleaseByTagAsync(RepositoryName name, TagName tag, CancellationToken cancellation) =>
        FindAsync<GitHubRelease>($"{name.Path}/releases/tags/{EscapePath(tag.Value)}", cancellation);

    /// <summary>The one marked as latest; null when nothing is published.</summary>
    public Task<Result<GitHubRelease?, GitHubError>> LatestReleaseAsync(RepositoryName name, CancellationToken cancellation) =>
        FindAsync<GitHubRelease>($"{name.Path}/releases/latest", cancellation);

    /// <summary>Changes a release; <c>Draft: false</c> publishes it.</summary>
    public Task<Result<GitHubRelease, GitHubError>> UpdateReleaseAsync(
        RepositoryName name, long id, ReleaseContent content, CancellationToken cancellation) =>
        SendAsync<GitHubRelease>(HttpMethod.Patch, $"{name.Path}/releases/{id}", content, cancellation);

    /// <summary>Deletes a release that is still a draft; a published one is refused here.</summary>
    public async Task<Result<bool, GitHubError>> DeleteDraftAsync(RepositoryName name, long id, CancellationToken cancellation)
    {
        var found = await FindAsync<GitHubRelease>($"{name.Path}/releases/{id}", cancellation);
        if (!found.IsOk) return found.Error;
        if (found.Value is null) return false;
        if (!found.Value.Draft) return GitHubError.Of(GitHubFailure.Refused, $"The release {found.Value.TagName} is published and is not deleted.");
        var address = _transport.Address($"{name.Path}/releases/{id}");
        return (await _transport.WriteAsync(HttpMethod.Delete, address, content: null, _options.Timeout, cancellation)).Map(_ => true);
    }

    /// <summary>Text for a release from the merged pull requests since another; nothing is stored.</summary>
    public Task<Result<GitHubNotes, GitHubError>> GenerateNotesAsync(
        RepositoryName name, TagName tag, CommitSha target, TagName? previous, CancellationToken cancellation) =>
        SendAsync<GitHubNotes>(
            HttpMethod.Post,
            $"{name.Path}/releases/generate-notes",
            new { tag_name = tag.Value, target_commitish = target.Value, previous_tag_name = previous?.Value },
            cancellation
        );

    public Task<Result<IReadOnlyList<GitHubAsset>, GitHubError>> AssetsAsync(RepositoryName name, long release, CancellationToken cancellation) =>
        ListAsync<GitHubAsset>($"{name.Path}/releases/{release}/assets", cancellation);

    /// <summary>Removes what a broken upload left (state <c>starter</c>); a whole asset is refused here.</summary>
    public async Task<Result<bool, GitHubError>> DeleteBrokenAssetAsync(RepositoryName name, GitHubAsset asset, CancellationToken cancellation)
    {
        if (asset.State == "uploaded") return GitHubError.Of(GitHubFailure.Refused, $"The asset {asset.Name} is whole and is not deleted.");
        var address = _transport.Address($"{name.Path}/releases/assets/{asset.Id}");
        return (await _transport.WriteAsync(HttpMethod.Delete, address, content: null, _options.Timeout, cancellation)).Map(_ => true);
    }

    /// <summary>Uploads one file, from where the stream stands to its end. The stream is closed.</summary>
    public async Task<Result<GitHubAsset, GitHubError>> UploadAssetAsync(
        GitHubRelease release, string fileName, string contentType, Stream bytes, CancellationToken cancellation)
    {
        // The address comes as a template: https://uploads.github.com/repos/O/N/releases/1/assets{?name,label}
        var address = new Uri($"{release.UploadUrl.Split('{')[0]}?name={Escape(fileName)}");
        if (!_transport.IsTrusted(address))
        {
            await bytes.DisposeAsync();
            return GitHubError.Of(GitHubFailure.Malformed, $"Uploads would go to another host: {address.Authority}.");
        }

        var content = new StreamContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        content.Headers.ContentLength = bytes.Length - bytes.Position;
        return (await _transport.WriteAsync(HttpMethod.Post, address, content, _options.UploadTimeout, cancellation))
            .Then(GitHubTransport.Parse<GitHubAsset>);
    }
}
