using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;

namespace ReleaseDashboard.Sandbox.GitHub.Rest;

/// <summary>Lists come in pages of 30, 100 at most, with links to the other pages in a header.</summary>
internal static class Paging
{
    public static IEnumerable<T> Cut<T>(HttpContext context, IReadOnlyList<T> all)
    {
        var size = Math.Clamp(Number(context, "per_page", 30), 1, 100);
        var page = Math.Max(Number(context, "page", 1), 1);
        var last = Math.Max((all.Count + size - 1) / size, 1);
        var links = new List<string>();
        if (page > 1)
            links.AddRange([Link(context, page - 1, "prev"), Link(context, 1, "first")]);
        if (page < last)
            links.AddRange([Link(context, page + 1, "next"), Link(context, last, "last")]);
        if (links.Count > 0)
            context.Response.Headers.Link = string.Join(", ", links);
        return all.Skip((page - 1) * size).Take(size);
    }

    private static string Link(HttpContext context, int page, string relation)
    {
        var query = new QueryBuilder(context.Request.Query.Where(pair => pair.Key != "page"))
        {
            { "page", page.ToString(CultureInfo.InvariantCulture) },
        };
        var root = context.RequestServices.GetRequiredService<GitHubUrls>().Root;
        return $"<{root}{context.Request.Path.ToUriComponent()}{query}>; rel=\"{relation}\"";
    }

    private static int Number(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
