using System.Net;
using System.Text.Json;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>Reads what the engine says when it refuses.</summary>
internal static class EngineAnswer
{
    private const int LongestMessage = 4000;

    public static async Task<EngineError> ErrorAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        var message = Message(text) ?? $"{(int)answer.StatusCode} {answer.StatusCode}";
        var kind = answer.StatusCode switch
        {
            HttpStatusCode.NotFound => EngineFailure.NotFound,
            HttpStatusCode.Conflict => EngineFailure.Conflict,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => EngineFailure.AuthenticationFailed,
            // The engine hands on what a registry said as its own fault, without the registry's status.
            >= HttpStatusCode.InternalServerError => KindOf(message),
            _ => EngineFailure.Refused,
        };
        return new EngineError(kind, (int)answer.StatusCode, message);
    }

    /// <summary>What an error that came as words alone is about.</summary>
    public static EngineFailure KindOf(string message) =>
        Says(message, "unauthorized") || Says(message, "no basic auth credentials") || Says(message, "authentication required") || Says(message, "denied:") ? EngineFailure.AuthenticationFailed
        : Says(message, "manifest unknown") || Says(message, "not found") || Says(message, "does not exist") ? EngineFailure.NotFound
        : EngineFailure.Refused;

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static string? Message(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String)
                return message.GetString();
        }
        catch (JsonException)
        {
            // Very early failures are plain text; it is told as it is.
        }
        return text.Trim() is { Length: > 0 } plain ? plain[..Math.Min(plain.Length, LongestMessage)] : null;
    }
}
