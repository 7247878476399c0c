using System.Text;
using System.Text.Json;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>Reads the messages that the engine sends while it builds, pulls or pushes.</summary>
internal static class ProgressStream
{
    // One message is one line of the Dockerfile's output at most; a limit keeps a broken peer from filling the memory.
    private const int LongestMessage = 4 * 1024 * 1024;

    /// <param name="log">Receives readable lines.</param>
    /// <param name="aux">Receives what is meant for programs.</param>
    /// <returns>The failure that a message named. The status of the answer is 200 even then.</returns>
    public static async Task<Result<Nothing, EngineError>> ReadAsync(Stream stream, Action<string> log, Action<JsonElement> aux, CancellationToken cancellation)
    {
        var lines = new ProgressLines(log);
        EngineError? failure = null;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0)
                continue;
            if (line.Length > LongestMessage)
                return EngineError.Of(EngineFailure.Malformed, "The Docker Engine sent a message that is too long.");
            using var message = JsonDocument.Parse(line);
            var root = message.RootElement;
            if (root.TryGetProperty("aux", out var extra))
                aux(extra);
            failure = ErrorOf(root) ?? failure;
            lines.Add(root);
        }
        lines.Complete();
        return failure is null ? Nothing.Here : failure;
    }

    private static EngineError? ErrorOf(JsonElement message)
    {
        if (!message.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.String)
            return null;
        var detail = message.TryGetProperty("errorDetail", out var more) && more.ValueKind == JsonValueKind.Object ? more : default;
        var text = detail.ValueKind == JsonValueKind.Object && detail.TryGetProperty("message", out var words) ? words.GetString() : null;
        text ??= error.GetString() ?? "";
        // The exit code of an instruction.
        var isBuild = detail.ValueKind == JsonValueKind.Object && detail.TryGetProperty("code", out _);
        return EngineError.Of(isBuild ? EngineFailure.BuildFailed : EngineAnswer.KindOf(text), text);
    }
}
