using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>Chooses between the forms of a simple page by what the reader accepts (PEP 691).</summary>
internal static class SimpleFormat
{
    internal const string Json = "application/vnd.pypi.simple.v1+json";
    internal const string Html = "application/vnd.pypi.simple.v1+html";
    internal const string PlainHtml = "text/html";

    private static readonly (string Asked, string Answered)[] Offers =
    [
        (Json, Json), ("application/vnd.pypi.simple.latest+json", Json),
        (Html, Html), ("application/vnd.pypi.simple.latest+html", Html),
        (PlainHtml, PlainHtml), ("text/*", PlainHtml), ("*/*", PlainHtml),
    ];

    /// <returns>Null when the reader accepts none of the forms.</returns>
    internal static string? Choose(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0)
            return PlainHtml;
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return null;
        return (from media in accepted
                where media.Quality is not 0
                orderby media.Quality ?? 1 descending
                from offer in Offers
                where media.MediaType.Equals(offer.Asked, StringComparison.OrdinalIgnoreCase)
                select offer.Answered).FirstOrDefault();
    }
}
