using Microsoft.AspNetCore.Antiforgery;

namespace ReleaseDashboard.Web.Auth;

/// <summary>
/// Answers a form without a good antiforgery token itself. Left to the error pages, these would read the refused form again
/// and fail with 500.
/// </summary>
internal static class FormRefusal
{
    public static IApplicationBuilder UseFormRefusal(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? Results.Problem("The form was not sent from a page of this server, or the page was too old. Load the page again, then send it.",
                statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context)
            : next(context));
}
