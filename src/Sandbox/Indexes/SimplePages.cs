using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>The simple repository pages as HTML (PEP 503, 592, 629) and as JSON (PEP 691, 700).</summary>
internal static class SimplePages
{
    private const string ApiVersion = "1.1";

    internal static string ProjectsHtml(PackageIndex index, IndexAddresses addresses)
    {
        var page = Begin("Simple index");
        foreach (var project in index.Projects)
            page.Append($"    <a href=\"{addresses.SimpleProject(project)}\">{project}</a><br/>\n");
        return End(page);
    }

    internal static JsonObject ProjectsJson(PackageIndex index) => new()
    {
        ["meta"] = new JsonObject { ["api-version"] = ApiVersion },
        ["projects"] = new JsonArray([.. index.Projects.Select(project => new JsonObject { ["name"] = project })]),
    };

    internal static string ProjectHtml(string project, IReadOnlyList<ListedFile> files, IndexAddresses addresses)
    {
        var page = Begin($"Links for {project}");
        page.Append($"    <h1>Links for {project}</h1>\n");
        foreach (var listed in files)
        {
            var file = listed.File;
            page.Append($"    <a href=\"{addresses.File(listed)}#sha256={file.Sha256}\"");
            if (file.RequiresPython is { } python)
                page.Append($" data-requires-python=\"{WebUtility.HtmlEncode(python)}\"");
            if (file.Yanked)
                page.Append($" data-yanked=\"{WebUtility.HtmlEncode(file.YankedReason)}\"");
            page.Append($">{file.FileName}</a><br/>\n");
        }

        return End(page);
    }

    internal static JsonObject ProjectJson(string project, IReadOnlyList<ListedFile> files, IndexAddresses addresses) => new()
    {
        ["meta"] = new JsonObject { ["api-version"] = ApiVersion },
        ["name"] = project,
        ["versions"] = new JsonArray([.. files.Select(file => file.Release.Version).Distinct().Select(version => JsonValue.Create(version))]),
        ["files"] = new JsonArray([.. files.Select(file => FileJson(file, addresses))]),
    };

    private static JsonObject FileJson(ListedFile listed, IndexAddresses addresses)
    {
        var file = listed.File;
        var json = new JsonObject
        {
            ["filename"] = file.FileName,
            ["url"] = addresses.File(listed),
            ["hashes"] = new JsonObject { ["sha256"] = file.Sha256 },
            ["size"] = file.Size,
            ["upload-time"] = IndexTime.Iso(file.UploadedAt),
            ["yanked"] = file.Yanked ? file.YankedReason is { Length: > 0 } reason ? reason : true : false,
        };
        if (file.RequiresPython is { } python)
            json["requires-python"] = python;
        return json;
    }

    private static StringBuilder Begin(string title) => new(
        $"<!DOCTYPE html>\n<html>\n  <head>\n    <meta name=\"pypi:repository-version\" content=\"{ApiVersion}\">\n    <title>{title}</title>\n  </head>\n  <body>\n");

    private static string End(StringBuilder page) => page.Append("  </body>\n</html>\n").ToString();
}
