using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ReleaseDashboard.Sandbox.GitHub.Rest;

/// <summary>Gives every document an entity tag and answers 304 to who has it already.</summary>
internal sealed class EntityTags(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method)
            || !context.Request.Path.StartsWithSegments("/api/v3")
            || context.Request.Headers.Accept.ToString().Contains("octet-stream", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        var wire = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = wire;
        }

        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length)))}\"";
            context.Response.Headers.ETag = "W/" + tag;
            context.Response.Headers.CacheControl = "private, max-age=60, s-maxage=60";
            if (context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                context.Response.ContentType = null;
                return;
            }
        }

        body.Position = 0;
        await body.CopyToAsync(wire, context.RequestAborted);
    }
}
