namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary><c>Digest</c> is <c>sha256:HEX</c> where GitHub tells it; <c>State</c> is <c>uploaded</c>, or <c>starter</c> for a broken upload.</summary>
public sealed record GitHubAsset(
    long Id, string Name, string State, long Size, string BrowserDownloadUrl, string? ContentType = null, string? Label = null, string? Digest = null);

public sealed record GitHubRelease(
    long Id, string TagName, string TargetCommitish, bool Draft, bool Prerelease, string HtmlUrl, string UploadUrl, string? Name = null,
    string? Body = null, DateTimeOffset? CreatedAt = null, DateTimeOffset? PublishedAt = null, IReadOnlyList<GitHubAsset>? Assets = null);

/// <summary>What a release is made of, or changed to; null leaves a field as it is. <c>MakeLatest</c> is <c>true</c>, <c>false</c> or <c>legacy</c>.</summary>
public sealed record ReleaseContent(
    string? TagName = null, string? TargetCommitish = null, string? Name = null, string? Body = null, bool? Draft = null, bool? Prerelease = null,
    string? MakeLatest = null);

public sealed record GitHubNotes(string Name, string Body);
