using Microsoft.AspNetCore.Authentication;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.History.Badges;

/// <summary>
/// Who asks for a badge or a feed: anybody, somebody who is signed in, or a program with a token in the header, as <c>Bearer</c> or, for feed
/// readers that know only that, as the password of basic authentication. Never in the address: addresses end up in logs.
/// </summary>
internal static class OutsideReader
{
    public static async Task<Actor> OfAsync(HttpContext http, CurrentActor current, ApiTokens tokens, SessionCheck check)
    {
        if (http.Request.Headers.Authorization.ToString() is not { Length: > 0 } header)
            return await current.GetAsync(http.RequestAborted);
        if (header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return Password(header[6..]) is { } text && await tokens.FindAsync(text, http.RequestAborted) is { } owner && check.IsUsable(owner.Account) ? owner.Actor : Nobody;
        var bearer = await http.AuthenticateAsync(ApiTokenHandler.SchemeName);
        return bearer.Succeeded ? await current.GetAsync(http.RequestAborted) : Nobody;
    }

    public static bool MaySee(Actor reader, Project project) => project.Settings.PublicBadges || reader.May(Permission.SeeProject, project.Id);

    /// <summary>The answer to somebody who may not see it: those who say who they are learn no more than that there is nothing.</summary>
    public static IResult Refuse(HttpContext http, Actor reader)
    {
        if (reader.Roles != Roles.None || reader.ProjectRoles.Count > 0)
            return Results.NotFound();
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"ReleaseDashboard: a token as password\", charset=\"UTF-8\"";
        return Results.Text("Sign in, or send a token: as 'Authorization: Bearer rd_…', or as the password of basic authentication.", "text/plain", statusCode: StatusCodes.Status401Unauthorized);
    }

    private static Actor Nobody => Actor.Person("nobody", Roles.None);

    private static string? Password(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded.Trim(), bytes, out var length))
            return null;
        var text = System.Text.Encoding.UTF8.GetString(bytes, 0, length);
        return text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? text[(colon + 1)..] : null;
    }
}
