using System.Collections.Concurrent;
using System.Threading.Channels;
using ReleaseDashboard.Infrastructure.Processes;

namespace ReleaseDashboard.Infrastructure.Tests.Clients;

/// <summary>Keeps what a sink received, and lets a test wait for a line.</summary>
public sealed class LogRecorder
{
    private readonly Channel<string> _arrived = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<(OutputStream Stream, string Line)> _lines = new();

    public OutputSink Sink => (stream, lines, _) =>
    {
        foreach (var line in lines)
        {
            _lines.Enqueue((stream, line));
            _arrived.Writer.TryWrite(line);
        }

        return ValueTask.CompletedTask;
    };

    public IReadOnlyList<string> Of(OutputStream stream) => [.. _lines.Where(line => line.Stream == stream).Select(line => line.Line)];

    public string Text => string.Join('\n', _lines.Select(line => line.Line));

    public async Task<string> WaitAsync(Func<string, bool> wanted)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await foreach (var line in _arrived.Reader.ReadAllAsync(deadline.Token))
            if (wanted(line)) return line;
        throw new InvalidOperationException("The log ended.");
    }
}
