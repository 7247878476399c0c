using System.Threading.Channels;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Logs;

/// <summary>
/// The log of one attempt. Lines go to the store in batches: at once when there is little, many together when there is
/// much. Disposing writes what is left.
/// </summary>
public sealed class AttemptLog : IStepLog, IAsyncDisposable
{
    private const int BatchLines = 4096;

    private readonly Channel<string> lines = Channel.CreateBounded<string>(new BoundedChannelOptions(64 * 1024) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly LogStore store;
    private readonly Guid attemptId;
    private readonly long firstLine;
    private readonly Lazy<Task> pump;
    private volatile SecretMask mask = new([]);

    /// <param name="firstLine">Number of the next line: later than 1 when the attempt goes on after waiting.</param>
    public AttemptLog(LogStore store, Guid attemptId, long firstLine)
    {
        this.store = store;
        this.attemptId = attemptId;
        this.firstLine = firstLine;
        pump = new Lazy<Task>(() => Task.Run(PumpAsync));
    }

    /// <summary>Hides these values in every line written from now on.</summary>
    public void Mask(IEnumerable<string> secrets) => mask = new SecretMask(secrets);

    public void Write(string line)
    {
        var masked = mask.Apply(line);
        _ = pump.Value;
        if (!lines.Writer.TryWrite(masked))
            // The store is behind: whoever writes waits, and so does the process whose output this is.
            lines.Writer.WriteAsync(masked).AsTask().GetAwaiter().GetResult();
    }

    public async ValueTask DisposeAsync()
    {
        lines.Writer.TryComplete();
        if (pump.IsValueCreated)
            await pump.Value;
    }

    private async Task PumpAsync()
    {
        var next = firstLine;
        var batch = new List<string>();
        try
        {
            while (await lines.Reader.WaitToReadAsync())
            {
                while (batch.Count < BatchLines && lines.Reader.TryRead(out var line))
                    batch.Add(line);
                // The end of the log must be written even while the worker stops.
                await store.AppendAsync(attemptId, next, batch, CancellationToken.None);
                next += batch.Count;
                batch.Clear();
            }
        }
        catch (Exception exception)
        {
            // A writer that waits for room must not wait for ever; the error surfaces when the log is disposed.
            lines.Writer.TryComplete(exception);
            throw;
        }
    }
}
