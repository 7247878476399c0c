using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

public sealed partial class EngineClient
{
    /// <summary>Makes a container; it does not run yet.</summary>
    /// <returns>Its id.</returns>
    public async Task<Result<string, EngineError>> CreateContainerAsync(ContainerRequest request, CancellationToken cancellation)
    {
        var platform = request.Platform is null ? "" : $"?platform={Escape(request.Platform.ToString())}";
        return (await transport.CallAsync<CreatedContainer>(HttpMethod.Post, $"containers/create{platform}", ContainerBody.Of(request), cancellation)).Map(made => made.Id);
    }

    public Task<Result<Nothing, EngineError>> StartContainerAsync(string id, CancellationToken cancellation) =>
        transport.CallAsync<Nothing>(HttpMethod.Post, $"containers/{PathOf(id)}/start", null, cancellation);

    /// <summary>Reads what a container wrote.</summary>
    /// <param name="follow">Whether to go on until it ends. The engine may then leave out what is written at the very end: read once more afterwards.</param>
    /// <param name="line">Receives each line of both outputs.</param>
    public Task<Result<Nothing, EngineError>> ReadContainerAsync(string id, bool follow, Action<ContainerLine> line, CancellationToken cancellation) =>
        transport.StreamAsync<Nothing>(
            HttpMethod.Get, $"containers/{PathOf(id)}/logs?follow={Flag(follow)}&stdout=1&stderr=1", null, null,
            async (stream, stop) =>
            {
                await ContainerLog.ReadAsync(stream, line, stop);
                return Nothing.Here;
            },
            cancellation);

    /// <summary>Waits until a container has ended.</summary>
    /// <returns>Its exit code.</returns>
    public Task<Result<int, EngineError>> WaitContainerAsync(string id, CancellationToken cancellation) =>
        transport.StreamAsync<int>(
            HttpMethod.Post, $"containers/{PathOf(id)}/wait", null, null,
            async (stream, stop) =>
            {
                var ended = await System.Text.Json.JsonSerializer.DeserializeAsync<EndedContainer>(stream, EngineJson.Options, stop);
                return ended is null ? EngineError.Of(EngineFailure.AnswerLost, "The engine did not say how the container ended.")
                    : ended.Error is { Message: { Length: > 0 } message } ? EngineError.Of(EngineFailure.Refused, message)
                    : ended.StatusCode;
            },
            cancellation);

    /// <returns>Null when there is no such container.</returns>
    public async Task<Result<ContainerDetails?, EngineError>> InspectContainerAsync(string id, CancellationToken cancellation) =>
        Found(await transport.CallAsync<ContainerDetails>(HttpMethod.Get, $"containers/{PathOf(id)}/json", null, cancellation));

    /// <summary>Ends a container at once.</summary>
    public Task<Result<Nothing, EngineError>> KillContainerAsync(string id, CancellationToken cancellation) =>
        transport.CallAsync<Nothing>(HttpMethod.Post, $"containers/{PathOf(id)}/kill", null, cancellation);

    /// <summary>Removes a container with its volumes; one that runs is ended first.</summary>
    public Task<Result<Nothing, EngineError>> RemoveContainerAsync(string id, CancellationToken cancellation) =>
        transport.CallAsync<Nothing>(HttpMethod.Delete, $"containers/{PathOf(id)}?force=1&v=1", null, cancellation);

    /// <summary>Removes containers that have ended.</summary>
    /// <param name="label">Only those with this label, as NAME=VALUE.</param>
    public Task<Result<Pruned, EngineError>> PruneContainersAsync(string? label, CancellationToken cancellation)
    {
        var filters = label is null ? "" : "?filters=" + Escape(System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string[]> { ["label"] = [label] }));
        return transport.CallAsync<Pruned>(HttpMethod.Post, "containers/prune" + filters, null, cancellation);
    }

    private sealed record CreatedContainer(string Id);

    private sealed record EndedContainer(int StatusCode, EndedError? Error);

    private sealed record EndedError(string? Message);
}
