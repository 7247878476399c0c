using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.GitHub.Rest;

/// <summary>Refusals in GitHub's words and shapes.</summary>
internal static class GitHubErrors
{
    private const string Documentation = "https://docs.github.com/rest";

    public static IResult NotFound() => Answer(404, "Not Found");

    public static IResult BadJson() => Answer(400, "Problems parsing JSON");

    public static IResult Answer(int status, string message) => Results.Json(
        new { message, documentation_url = Documentation, status = status.ToString(System.Globalization.CultureInfo.InvariantCulture) },
        SandboxJson.Compact,
        statusCode: status);

    /// <summary>422 with one entry for a field.</summary>
    /// <param name="resource">Kind of thing, such as <c>Release</c>.</param>
    /// <param name="field">The field at fault.</param>
    /// <param name="code"><c>missing_field</c>, <c>invalid</c>, <c>already_exists</c> or <c>custom</c>.</param>
    /// <param name="message">For <c>custom</c>.</param>
    public static IResult Invalid(string resource, string field, string code, string? message = null) => Results.Json(
        new
        {
            message = "Validation Failed",
            errors = new[] { Entry(resource, field, code, message) },
            documentation_url = Documentation,
            status = "422",
        },
        SandboxJson.Compact,
        statusCode: 422);

    private static Dictionary<string, string> Entry(string resource, string field, string code, string? message)
    {
        var entry = new Dictionary<string, string> { ["resource"] = resource, ["code"] = code, ["field"] = field };
        if (message is not null)
            entry["message"] = message;
        return entry;
    }
}
