using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Checks the session on each request, and answers scripts with codes where browsers are sent to the sign-in page.</summary>
public sealed class SessionCookieEvents(SessionCheck check) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.Principal is { } principal && await check.FindAsync(principal, context.HttpContext.RequestAborted) is { } owner)
        {
            // For the door, which asks in the same moment. Actions ask the ledger again.
            context.HttpContext.Features.Set(owner);
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) => Redirect(context, base.RedirectToLogin);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) => Redirect(context, base.RedirectToAccessDenied);

    // The bearer scheme has answered, or will.
    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context, Func<RedirectContext<CookieAuthenticationOptions>, Task> usual) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? Task.CompletedTask : usual(context);
}
