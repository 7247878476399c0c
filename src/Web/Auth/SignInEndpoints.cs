using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Signing in and out. Plain forms that work without a circuit; each carries an antiforgery token.</summary>
internal static partial class SignInEndpoints
{
    private const string Changed = "The account was changed at this very moment. Try again.";

    public static void MapSignIn(this IEndpointRouteBuilder routes, DashboardOptions options)
    {
        routes.MapGet("/sign-in", ShowAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/sign-in", SignInAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/sign-out", SignOutAsync).AllowAnonymous().ExcludeFromDescription();
        if (options.GitHubOAuth is not null)
            routes.MapGet("/sign-in/github", GoToGitHub).AllowAnonymous().ExcludeFromDescription();
        // Outside the sandbox the address does not exist; there is no switch to forget.
        if (options.IsSandbox)
            routes.MapPost("/sign-in/persona", SignInPersonaAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string? returnUrl, string? failed, FirstRun firstRun, DashboardOptions options)
    {
        if (!options.IsSandbox && await firstRun.IsNeededAsync(http.RequestAborted))
            return Results.LocalRedirect("/setup");
        var fault = failed == "github" ? "GitHub did not sign you in. Try again, or use an account of this server." : null;
        return Page(http, options, ReturnUrls.Safe(returnUrl), null, fault);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, [FromForm] string? name, [FromForm] string? password, [FromForm] string? returnUrl,
        PasswordSignIn passwords, SignInThrottle throttle, KnownBrowser known, SignInSession session, DashboardOptions options, ILoggerFactory loggers)
    {
        var (given, target, address) = (name?.Trim() ?? "", ReturnUrls.Safe(returnUrl), http.Connection.RemoteIpAddress);
        var browser = known.Find(http, given);
        if (throttle.Wait(address, given, browser) is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Page(http, options, target, given, $"Too many tries. Wait {Math.Ceiling(wait.TotalMinutes)} min, then try again.", StatusCodes.Status429TooManyRequests);
        }
        if (await passwords.CheckAsync(given, password ?? "", http.RequestAborted) is not { } account)
        {
            throttle.Failed(address, given, browser);
            Log.Refused(loggers.CreateLogger(typeof(SignInEndpoints).FullName!), address?.ToString() ?? "unknown");
            return Page(http, options, target, given, "Name and password do not belong together.", StatusCodes.Status401Unauthorized);
        }
        throttle.Succeeded(address, given, browser);
        if (!await session.SignInAsync(http, account))
            return Page(http, options, target, given, Changed, StatusCodes.Status409Conflict);
        known.Remember(http, account.Name);
        return Results.LocalRedirect(target);
    }

    private static async Task<IResult> SignInPersonaAsync(
        HttpContext http, [FromForm] string? name, [FromForm] string? returnUrl, Personas personas, SignInSession session, DashboardOptions options)
    {
        var target = ReturnUrls.Safe(returnUrl);
        if (await personas.SignInAsync(name ?? "", http.RequestAborted) is not { } account)
            return Page(http, options, target, null, "That persona cannot be used: an account of a real person has its name, or it is disabled.", StatusCodes.Status403Forbidden);
        return await session.SignInAsync(http, account)
            ? Results.LocalRedirect(target)
            : Page(http, options, target, null, Changed, StatusCodes.Status409Conflict);
    }

    // The form parameter is what makes the framework ask for the antiforgery token.
    private static async Task<IResult> SignOutAsync(HttpContext http, [FromForm] string? returnUrl, SignInSession session)
    {
        await session.SignOutAsync(http);
        return Results.LocalRedirect("/sign-in");
    }

    private static ChallengeHttpResult GoToGitHub(string? returnUrl) =>
        TypedResults.Challenge(new AuthenticationProperties { RedirectUri = ReturnUrls.Safe(returnUrl) }, [GitHubSignIn.SchemeName]);

    private static RazorComponentResult<SignInPage> Page(
        HttpContext http, DashboardOptions options, string returnUrl, string? name, string? fault, int status = StatusCodes.Status200OK)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return new RazorComponentResult<SignInPage>(new
        {
            TokenField = tokens.FormFieldName,
            Token = tokens.RequestToken!,
            ReturnUrl = returnUrl,
            Personas = options.IsSandbox ? Persona.All : [],
            GitHub = options.GitHubOAuth is not null,
            Name = name,
            Fault = fault,
        })
        {
            StatusCode = status,
        };
    }

    private static partial class Log
    {
        // The name is left out: people type passwords into the wrong field.
        [LoggerMessage(1, LogLevel.Warning, "A sign-in from {Address} was refused.")]
        public static partial void Refused(ILogger logger, string address);
    }
}
