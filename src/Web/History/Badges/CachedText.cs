using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace ReleaseDashboard.Web.History.Badges;

/// <summary>A text that readers fetch again and again: they keep it for a minute, and then ask whether it is still the same.</summary>
internal static class CachedText
{
    /// <param name="isPublic">Whether caches between may keep it, too.</param>
    public static IResult Of(HttpContext http, string text, string contentType, bool isPublic)
    {
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]}\"");
        http.Response.Headers.CacheControl = isPublic ? "public, max-age=60" : "private, no-cache";
        http.Response.Headers.Vary = "Authorization, Cookie";
        http.Response.Headers.ETag = tag.ToString();
        // A badge stands in pages of other sites.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            return Task.CompletedTask;
        });
        return EntityTagHeaderValue.TryParseList([.. http.Request.Headers.IfNoneMatch.OfType<string>()], out var known) && known.Any(own => own.Compare(tag, useStrongComparison: false) || own.Equals(EntityTagHeaderValue.Any))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Text(text, contentType, Encoding.UTF8);
    }
}
