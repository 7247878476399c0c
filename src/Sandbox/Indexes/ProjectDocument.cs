using System.Text.Json.Nodes;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>The JSON API's document about a project or one of its versions.</summary>
internal static class ProjectDocument
{
    private static readonly string[] TextFields =
    [
        "author", "author_email", "description", "description_content_type", "download_url", "home_page", "keywords", "license",
        "maintainer", "maintainer_email", "requires_python", "summary",
    ];

    /// <param name="files">All files of the project, not empty.</param>
    /// <param name="version">The version asked for; null for the newest one.</param>
    /// <returns>Null when the project has no such version.</returns>
    internal static JsonObject? Create(IReadOnlyList<ListedFile> files, string? version, IndexAddresses addresses)
    {
        var wanted = version is null ? Newest(files) : IndexVersion.TryParse(version);
        var ofVersion = files.Where(file => IndexVersion.TryParse(file.Release.Version)!.ComparedTo(wanted) == 0).ToList();
        if (ofVersion.Count == 0)
            return null;
        var document = new JsonObject
        {
            ["info"] = Info(ofVersion, addresses),
            ["last_serial"] = files.Count,
            ["urls"] = Urls(ofVersion, addresses),
            ["vulnerabilities"] = new JsonArray(),
        };
        if (version is null)
        {
            document["releases"] = new JsonObject(files.GroupBy(file => file.Release.Version)
                .Select(group => KeyValuePair.Create(group.Key, (JsonNode?)Urls(group, addresses))));
        }

        return document;
    }

    private static IndexVersion Newest(IReadOnlyList<ListedFile> files)
    {
        var kept = files.Where(file => !file.File.Yanked).ToList();
        var versions = (kept.Count > 0 ? kept : files).Select(file => IndexVersion.TryParse(file.Release.Version)!).ToList();
        return versions.FindAll(candidate => !candidate.IsPrerelease) is { Count: > 0 } final ? final.Max(IndexVersion.Order)! : versions.Max(IndexVersion.Order)!;
    }

    private static JsonObject Info(List<ListedFile> files, IndexAddresses addresses)
    {
        var release = files[0].Release;
        var info = new JsonObject { ["name"] = release.Project, ["version"] = release.Version };
        foreach (var field in TextFields)
            info[field] = release.Field(field);
        info["classifiers"] = List(release, "classifiers") ?? [];
        info["requires_dist"] = List(release, "requires_dist");
        info["project_urls"] = ProjectUrls(release);
        foreach (var field in (string[])["package_url", "project_url", "release_url"])
            info[field] = addresses.Project(release.Project);
        info["yanked"] = files.TrueForAll(file => file.File.Yanked);
        info["yanked_reason"] = files[0].File.YankedReason;
        return info;
    }

    private static JsonArray? List(IndexRelease release, string field) =>
        release.Metadata.TryGetValue(field, out var values) ? new JsonArray([.. values.Select(value => JsonValue.Create(value))]) : null;

    private static JsonObject? ProjectUrls(IndexRelease release)
    {
        if (!release.Metadata.TryGetValue("project_urls", out var values))
            return null;
        var urls = new JsonObject();
        foreach (var value in values)
        {
            if (value.Split(',', 2, StringSplitOptions.TrimEntries) is [var label, var url])
                urls[label] = url;
        }

        return urls;
    }

    private static JsonArray Urls(IEnumerable<ListedFile> files, IndexAddresses addresses) =>
        new([.. files.Select(listed => new JsonObject
        {
            ["comment_text"] = "",
            ["digests"] = new JsonObject
            {
                ["blake2b_256"] = listed.File.Blake2b256,
                ["md5"] = listed.File.Md5,
                ["sha256"] = listed.File.Sha256,
            },
            ["downloads"] = -1,
            ["filename"] = listed.File.FileName,
            ["has_sig"] = false,
            ["md5_digest"] = listed.File.Md5,
            ["packagetype"] = listed.File.PackageType,
            ["python_version"] = listed.File.PythonVersion,
            ["requires_python"] = listed.File.RequiresPython,
            ["size"] = listed.File.Size,
            ["upload_time"] = IndexTime.Seconds(listed.File.UploadedAt),
            ["upload_time_iso_8601"] = IndexTime.Iso(listed.File.UploadedAt),
            ["url"] = addresses.AbsoluteFile(listed),
            ["yanked"] = listed.File.Yanked,
            ["yanked_reason"] = listed.File.YankedReason,
        })]);
}
