using System.Globalization;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// The labels every image of a release bears. <see href="https://github.com/opencontainers/image-spec/blob/main/annotations.md"/>
/// </summary>
internal static class ImageLabels
{
    public const string Version = "org.opencontainers.image.version";
    public const string Revision = "org.opencontainers.image.revision";
    public const string Created = "org.opencontainers.image.created";
    public const string Source = "org.opencontainers.image.source";

    public static IReadOnlyDictionary<string, string> Of(ReleaseFacts facts, string commit) => new Dictionary<string, string>
    {
        [Version] = facts.Version.ToString(),
        [Revision] = commit,
        // The start of the release, not now: building again must give the same image.
        [Created] = facts.StartedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        [Source] = facts.Project.Settings.WebUrl,
    };
}
