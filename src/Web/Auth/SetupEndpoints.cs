using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.Auth;

/// <summary>The first run: one administrator is made by whoever can read the server's output. The sandbox has its personas instead.</summary>
internal static class SetupEndpoints
{
    private const string ThrottleName = "\nsetup";

    public static void MapSetup(this IEndpointRouteBuilder routes, DashboardOptions options)
    {
        if (options.IsSandbox)
            return;
        routes.MapGet("/setup", ShowAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/setup", CreateAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, FirstRun firstRun) =>
        await firstRun.IsNeededAsync(http.RequestAborted) ? Page(http, null, null, null) : Results.LocalRedirect("/sign-in");

    private static async Task<IResult> CreateAsync(
        HttpContext http, [FromForm] string? code, [FromForm] string? name, [FromForm] string? displayName, [FromForm] string? password,
        FirstRun firstRun, SignInThrottle throttle, AccountQueries accounts, SignInSession session)
    {
        var address = http.Connection.RemoteIpAddress;
        if (!await firstRun.IsNeededAsync(http.RequestAborted))
            return Results.LocalRedirect("/sign-in");
        if (throttle.Wait(address, ThrottleName) is not null)
            return Page(http, name, displayName, "Too many tries. Wait 5 min, then try again.", StatusCodes.Status429TooManyRequests);
        var given = name?.Trim() ?? "";
        var result = await firstRun.CreateAdministratorAsync(code ?? "", given, displayName, password ?? "", http.RequestAborted);
        if (!result.IsDone)
        {
            if (result.Refusal == Refusal.NotAllowed)
                throttle.Failed(address, ThrottleName);
            return Page(http, name, displayName, result.Message, result.Refusal == Refusal.NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status422UnprocessableEntity);
        }
        await session.SignInAsync(http, (await accounts.FindByNameAsync(given, http.RequestAborted))!);
        return Results.LocalRedirect("/");
    }

    private static RazorComponentResult<SetupPage> Page(HttpContext http, string? name, string? displayName, string? fault, int status = StatusCodes.Status200OK)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return new RazorComponentResult<SetupPage>(new { TokenField = tokens.FormFieldName, Token = tokens.RequestToken!, Name = name, DisplayName = displayName, Fault = fault })
        {
            StatusCode = status,
        };
    }
}
