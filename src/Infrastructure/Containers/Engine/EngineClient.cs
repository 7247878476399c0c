using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>
/// The calls of the Docker Engine API that releases need. Expected failures are <see cref="EngineError"/> values in the
/// engine's own words. Nothing is repeated by itself.
/// </summary>
public sealed partial class EngineClient(EngineOptions options, TimeProvider time) : IDisposable
{
    private readonly EngineTransport transport = new(options, time);

    public EngineAddress Address => options.Address;

    public Task<Result<EnginePing, EngineError>> PingAsync(CancellationToken cancellation) => transport.PingAsync(cancellation);

    public Task<Result<EngineVersion, EngineError>> VersionAsync(CancellationToken cancellation) =>
        transport.CallAsync<EngineVersion>(HttpMethod.Get, "version", null, cancellation);

    public Task<Result<EngineInfo, EngineError>> InfoAsync(CancellationToken cancellation) =>
        transport.CallAsync<EngineInfo>(HttpMethod.Get, "info", null, cancellation);

    public Task<Result<EngineDiskUse, EngineError>> DiskUseAsync(CancellationToken cancellation) =>
        transport.CallAsync<EngineDiskUse>(HttpMethod.Get, "system/df", null, cancellation);

    public void Dispose() => transport.Dispose();

    // Names hold slashes and colons, which the engine wants as they are; everything else is escaped.
    private static string PathOf(string name) => Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal);

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static Result<T?, EngineError> Found<T>(Result<T, EngineError> found)
        where T : class => found is { IsOk: false, Error.Kind: EngineFailure.NotFound } ? (T?)null : found.Map<T?>(value => value);
}
