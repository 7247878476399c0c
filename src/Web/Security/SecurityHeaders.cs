namespace ReleaseDashboard.Web.Security;

/// <summary>Headers on every response: nothing runs in the page but the files this server ships.</summary>
public static class SecurityHeaders
{
    /// <summary>
    /// Scripts and style sheets only as files of ours. Style attributes stay allowed: virtualised lists and meters
    /// set heights and widths that way, and an attribute cannot load or run anything.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; manifest-src 'self'";

    /// <param name="app">What gets the headers.</param>
    /// <param name="gitHub">Where people are sent to link or confirm, or null: browsers judge a form by where its answer leads, too.</param>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, Uri? gitHub)
    {
        var policy = gitHub is null ? ContentSecurityPolicy : ContentSecurityPolicy.Replace("form-action 'self'", $"form-action 'self' {gitHub.GetLeftPart(UriPartial.Authority)}", StringComparison.Ordinal);
        return app.Use((context, next) => SendAsync(context, next, policy));
    }

    private static Task SendAsync(HttpContext context, RequestDelegate next, string policy)
    {
        // Written when the response starts, so that an error page that clears headers still carries them.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XFrameOptions = "DENY";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            // Badges are made for pages of other sites and have said so already.
            headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
