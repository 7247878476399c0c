using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.Auth;

internal static class AuthServices
{
    private static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(12);

    public static void AddWebAuth(this IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<KnownBrowser>();
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<SignInSession>();
        services.AddSingleton<SessionWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionWatch>());
        services.AddSingleton<AccessGate>();
        services.AddSingleton<RefusedAtDoor>();
        services.AddScoped<StepUp>();
        services.AddScoped<SessionConfirmation>();
        services.AddScoped<SessionCookieEvents>();
        services.AddScoped<SessionStateProvider>();
        services.AddScoped<AuthenticationStateProvider>(provider => provider.GetRequiredService<SessionStateProvider>());
        services.AddScoped<CurrentActor>();
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "rd-forms";
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        var authentication = services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(Configure)
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiTokenHandler.SchemeName, null);
        if (options.GitHubOAuth is { } github)
            authentication.AddGitHub(github);
        // What is not marked otherwise needs a person who is signed in: pages, the hub, files of releases, the API.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "rd-session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = SessionLifetime;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/sign-in";
        cookie.AccessDeniedPath = "/sign-in";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.EventsType = typeof(SessionCookieEvents);
    }
}
