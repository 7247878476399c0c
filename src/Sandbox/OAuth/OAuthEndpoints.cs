using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Hosting;
using ReleaseDashboard.Sandbox.Identity;

namespace ReleaseDashboard.Sandbox.OAuth;

/// <summary>GitHub's web sign-in: the page where a person agrees, and the exchange of its code for a token.</summary>
internal static class OAuthEndpoints
{
    internal static void MapOAuth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/login/oauth/authorize", Authorize);
        app.MapPost("/login/oauth/access_token", ExchangeAsync);
    }

    private static IResult Authorize(HttpRequest request, SignInCodes codes)
    {
        var redirect = request.Query["redirect_uri"].ToString();
        if (!LoopbackAddresses.IsLoopback(redirect))
            return Results.Text("The redirect_uri must be an address on this machine.", statusCode: StatusCodes.Status400BadRequest);
        if (request.Query["code_challenge_method"].ToString() is not ("" or "S256"))
            return Results.Text("Only the code challenge method S256 is supported.", statusCode: StatusCodes.Status400BadRequest);
        if (request.Query["cancel"].Count > 0)
            return Back(redirect, new QueryBuilder { { "error", "access_denied" }, { "error_description", "The user has denied your application access." }, { "state", request.Query["state"].ToString() } });
        if (request.Query["login"].ToString() is not { Length: > 0 } login)
            return Results.Content(Page(request), "text/html; charset=utf-8");
        if (Personas.ByLogin(login) is not { } persona)
            return Results.Text($"There is no persona '{login}'.", statusCode: StatusCodes.Status400BadRequest);
        var code = codes.Issue(new SignIn(persona, redirect, request.Query["client_id"].ToString(), request.Query["code_challenge"].ToString()));
        return Back(redirect, new QueryBuilder { { "code", code }, { "state", request.Query["state"].ToString() } });
    }

    private static IResult Back(string redirect, QueryBuilder answer) =>
        Results.Redirect(redirect + (redirect.Contains('?', StringComparison.Ordinal) ? "&" : "?") + answer.ToString().TrimStart('?'));

    // Refusals are answered with 200, as GitHub does.
    private static async Task<IResult> ExchangeAsync(HttpRequest request, SignInCodes codes)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var signIn = codes.Redeem(form["code"].ToString());
        Dictionary<string, string> answer = signIn switch
        {
            null => Error("bad_verification_code", "The code passed is incorrect or expired."),
            _ when signIn.ClientId != form["client_id"].ToString() => Error("incorrect_client_credentials", "The client_id passed is incorrect."),
            _ when form["redirect_uri"].ToString() is { Length: > 0 } uri && uri != signIn.RedirectUri =>
                Error("redirect_uri_mismatch", "The redirect_uri is not the one the code was made for."),
            _ when !signIn.IsProvenBy(form["code_verifier"].ToString()) => Error("bad_verification_code", "The code_verifier does not match."),
            _ => new() { ["access_token"] = signIn.Persona.SignInToken, ["scope"] = "read:user,user:email", ["token_type"] = "bearer" },
        };
        return request.Headers.Accept.ToString().Contains("json", StringComparison.Ordinal)
            ? Results.Json(answer, SandboxJson.Compact)
            : Results.Text(new QueryBuilder(answer).ToString().TrimStart('?'), "application/x-www-form-urlencoded");
    }

    private static Dictionary<string, string> Error(string code, string text) => new() { ["error"] = code, ["error_description"] = text };

    private static string Page(HttpRequest request)
    {
        var fields = request.Query.Select(pair => $"<input type=\"hidden\" name=\"{Encode(pair.Key)}\" value=\"{Encode(pair.Value.ToString())}\">");
        var buttons = Personas.All.Select(persona => $"<button name=\"login\" value=\"{persona.Login}\">{Encode(persona.Name)} <small>{persona.Login}</small></button>");
        return $$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sandbox sign-in</title><link rel="icon" href="data:,">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:24rem;margin:15vh auto;padding:0 1rem}
            button{display:block;width:100%;margin:.5rem 0;padding:.75rem 1rem;font:inherit;text-align:left}</style></head>
            <body><main><h1>Sandbox sign-in</h1><p>Simulated GitHub. Choose who you are:</p>
            <form method="get" action="/login/oauth/authorize">{{string.Concat(fields)}}{{string.Concat(buttons)}}<button name="cancel" value="1">Cancel</button></form></main></body></html>
            """;
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
