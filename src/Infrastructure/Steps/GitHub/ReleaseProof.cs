using System.Globalization;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

/// <summary>What is said about a release that was found.</summary>
internal static class ReleaseProof
{
    public static Evidence Of(GitHubRelease release, IReadOnlyList<ReleaseAsset> assets, LatestGuard guard) => Evidence.Of(
    [
        new EvidenceItem("url", EvidenceKind.Link, release.HtmlUrl, release.HtmlUrl),
        new EvidenceItem("id", EvidenceKind.Text, release.Id.ToString(CultureInfo.InvariantCulture), release.HtmlUrl),
        new EvidenceItem("latest", EvidenceKind.Text, guard.Becomes ? "yes" : guard.Higher is { } higher ? $"no, {higher} is higher" : "no"),
        .. assets.Select(asset => new EvidenceItem($"asset: {asset.Name}", EvidenceKind.Sha256, asset.Sha256, release.HtmlUrl)),
    ]);

    public static Evidence OfDraft(GitHubRelease release, IReadOnlyList<ReleaseAsset> assets) => Evidence.Of(
    [
        new EvidenceItem("url", EvidenceKind.Link, release.HtmlUrl, release.HtmlUrl),
        new EvidenceItem("id", EvidenceKind.Text, release.Id.ToString(CultureInfo.InvariantCulture), release.HtmlUrl),
        .. assets.Select(asset => new EvidenceItem($"asset: {asset.Name}", EvidenceKind.Sha256, asset.Sha256, release.HtmlUrl)),
    ]);

    public static Observation Several(TagName tag, IReadOnlyList<GitHubRelease> releases) => new Observation.Different(
        new StepError(
            "several-releases",
            $"There are {releases.Count} releases or drafts of {tag}.",
            string.Join(", ", releases.Select(release => $"{release.HtmlUrl} ({(release.Draft ? "draft" : "published")})")),
            "Delete the drafts that are not wanted, then retry: the one that is left is used."),
        Evidence.Of([.. releases.Select(release => new EvidenceItem($"release {release.Id}", EvidenceKind.Link, release.Draft ? "draft" : "published", release.HtmlUrl))]));

    public static Observation OtherBytes(GitHubRelease release, ReleaseAsset wanted, GitHubAsset there) => new Observation.Different(
        new StepError(
            "asset-differs",
            $"The release already has a {there.Name} with other bytes.",
            $"There: {there.Size} bytes, {there.Digest ?? "no digest"}. Built: {wanted.Size} bytes, sha256:{wanted.Sha256}.",
            $"Find out who attached it at {release.HtmlUrl}. Remove it there and retry, or mark the step done if it is right."),
        Evidence.Of(
            new EvidenceItem("found", EvidenceKind.File, there.Digest ?? $"{there.Size} bytes", there.BrowserDownloadUrl),
            new EvidenceItem("built", EvidenceKind.Sha256, wanted.Sha256)));

    public static StepError NoTag(TagName tag) => new(
        "tag-missing", $"There is no tag {tag} on GitHub.", "Publishing the release would make one without a message.",
        "Make and push the tag first (the step before does), then retry.");

    public static Observation TagElsewhere(TagName tag, string? at, string expected) => new Observation.Different(
        new StepError(
            "tag-elsewhere",
            $"The tag {tag} points to another commit.",
            $"It points to {at ?? "nothing that can be read"}; the release is {expected}.",
            "A published tag is not moved. Find out who made it; release under the next version when it stays."),
        Evidence.Of(
            new EvidenceItem("found_commit", EvidenceKind.Commit, at ?? ""),
            new EvidenceItem("expected_commit", EvidenceKind.Commit, expected)));
}
