using System.Text.Json;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

public sealed partial class EngineClient
{
    /// <summary>
    /// Builds an image. The folder is packed while it is sent. Ending the call ends the build.
    /// </summary>
    /// <param name="log">Receives the builder's output, a line at a time.</param>
    /// <returns>
    /// The image, of the platform that was asked for. The engine takes a layer from its cache, and a base image that it has, whatever
    /// their platform; an image that came out so is refused.
    /// </returns>
    public async Task<Result<ImageDetails, EngineError>> BuildAsync(BuildRequest request, Action<string> log, CancellationToken cancellation)
    {
        var built = await BuildOnceAsync(request, log, cancellation);
        // A FROM scratch of another platform has the same first layers, so the cache hands them out.
        if (!request.NoCache && IsOfAnotherPlatform(request, built))
        {
            log($"The cache gave layers of another platform: building for {request.Platform} without it.");
            built = await BuildOnceAsync(request with { NoCache = true }, log, cancellation);
        }
        return built.IsOk && IsOfAnotherPlatform(request, built) ? EngineError.Of(
            EngineFailure.BuildFailed, $"The image is for {built.Value.Platform}, not for {request.Platform}: a base image that the engine has is of that platform.") : built;
    }

    private static bool IsOfAnotherPlatform(BuildRequest request, Result<ImageDetails, EngineError> built) =>
        built.IsOk ? built.Value.Platform != request.Platform : built.Error.Message.Contains("does not match the specified platform", StringComparison.Ordinal);

    private async Task<Result<ImageDetails, EngineError>> BuildOnceAsync(BuildRequest request, Action<string> log, CancellationToken cancellation)
    {
        string? id = null;
        var end = await transport.StreamAsync(
            HttpMethod.Post, "build?" + BuildQuery.Of(request), new BuildContextContent(request.Context), EngineLogin.ForMany(request.Logins),
            (stream, stop) => ProgressStream.ReadAsync(stream, log, aux => id = IdOf(aux) ?? id, stop), cancellation);
        if (!end.IsOk)
            return end.Error is { Kind: EngineFailure.Refused or EngineFailure.NotFound, Status: null } ? end.Error with { Kind = EngineFailure.BuildFailed } : end.Error;
        if (id is null)
            return EngineError.Of(EngineFailure.AnswerLost, "The build ended without the id of an image.");
        return (await InspectAsync(id, cancellation)).Then<ImageDetails>(
            found => found is null ? EngineError.Of(EngineFailure.AnswerLost, $"The image {id} was built and is not there.") : found);
    }

    private static string? IdOf(JsonElement aux) =>
        aux.ValueKind == JsonValueKind.Object && aux.TryGetProperty("ID", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
}
