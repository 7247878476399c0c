using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Web.Api;

/// <summary>Refusals as problem details (RFC 9457): the sentence that the page shows is the detail.</summary>
internal static class ApiProblems
{
    public static IResult Of(ActionResult refused) => Results.Problem(refused.Message, statusCode: StatusOf(refused.Refusal!.Value));

    public static IResult NotFound(string what) => Results.Problem(what, statusCode: StatusCodes.Status404NotFound);

    public static IResult Invalid(string why) => Results.Problem(why, statusCode: StatusCodes.Status422UnprocessableEntity);

    public static int StatusOf(Refusal refusal) => refusal switch
    {
        Refusal.NotFound => StatusCodes.Status404NotFound,
        Refusal.NotAllowed or Refusal.ConfirmationNeeded => StatusCodes.Status403Forbidden,
        Refusal.Conflict => StatusCodes.Status409Conflict,
        Refusal.Invalid => StatusCodes.Status422UnprocessableEntity,
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };
}
