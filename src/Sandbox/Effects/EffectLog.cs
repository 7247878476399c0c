using System.Text.Json;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.Effects;

/// <summary>
/// Append-only record of what the services did, one JSON object a line. An entry is on disk before the request that caused it is
/// answered, so a killed process forgets nothing it had answered for.
/// </summary>
public sealed class EffectLog : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<EffectEntry> entries = [];
    private readonly FileStream file;
    private readonly TimeProvider time;

    /// <param name="path">The log's file; made when absent. A last line cut short by a crash is dropped.</param>
    public EffectLog(string path, TimeProvider time)
    {
        this.time = time;
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.SetLength(ReadExisting());
        file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Writes an effect and flushes it to the disk.</summary>
    public Task<EffectEntry> AppendAsync(Effect effect, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(effect);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var entry = new EffectEntry(
                entries.Count + 1, time.GetUtcNow(), effect.Service, effect.Action, effect.Subject, effect.Digest, effect.Actor, effect.From);
            // Line and line break in one write: a line without its break is a torn one.
            file.Write([.. JsonSerializer.SerializeToUtf8Bytes(entry, SandboxJson.Compact), (byte)'\n']);
            file.Flush(flushToDisk: true);
            entries.Add(entry);
            return Task.FromResult(entry);
        }
    }

    /// <summary>How many entries there are.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return entries.Count;
        }
    }

    /// <summary>All entries so far, oldest first.</summary>
    public IReadOnlyList<EffectEntry> Read()
    {
        lock (gate)
            return [.. entries];
    }

    public void Dispose() => file.Dispose();

    private long ReadExisting()
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        foreach (var line in System.Text.Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            entries.Add(JsonSerializer.Deserialize<EffectEntry>(line, SandboxJson.Compact)!);
        return end;
    }
}
