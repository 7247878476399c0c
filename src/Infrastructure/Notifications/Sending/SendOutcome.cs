using System.Net;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>What came of one try to send.</summary>
/// <param name="Error">Why not, for people; null when it was taken.</param>
/// <param name="MayRetry">Whether the same may succeed later.</param>
/// <param name="After">How long the receiver asks to be left alone, or null.</param>
public sealed record SendOutcome(string? Error, bool MayRetry, TimeSpan? After)
{
    public static SendOutcome Sent { get; } = new(null, false, null);

    public bool IsSent => Error is null;

    public static SendOutcome Later(string error, TimeSpan? after = null) => new(error, true, after);

    public static SendOutcome Never(string error) => new(error, false, null);

    internal static SendOutcome Of(HttpResponseMessage response)
    {
        var host = response.RequestMessage!.RequestUri!.Host;
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => Sent,
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => Never($"{host} redirects elsewhere ({status}), which is not followed. Give the final address."),
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => Later($"{host} answered {status}.", AskedPause(response)),
            _ => Never($"{host} refused it with {status}."),
        };
    }

    private static TimeSpan? AskedPause(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when response.Headers.Date is { } now => date - now,
        _ => null,
    };
}
