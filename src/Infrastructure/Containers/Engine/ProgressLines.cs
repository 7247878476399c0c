using System.Text;
using System.Text.Json;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>Turns the engine's messages into lines of a log: output of instructions as it is, layers only when their state changes.</summary>
internal sealed class ProgressLines(Action<string> log)
{
    private readonly StringBuilder pending = new();
    private readonly Dictionary<string, string> states = [];

    public void Add(JsonElement message)
    {
        if (Text(message, "stream") is { } output)
            AddOutput(output);
        else if (Text(message, "error") is { } error)
            Write(error);
        else if (Text(message, "status") is { } status)
            AddStatus(Text(message, "id"), status);
    }

    /// <summary>Writes what has no line end yet.</summary>
    public void Complete()
    {
        if (pending.Length == 0)
            return;
        log(pending.ToString());
        pending.Clear();
    }

    private void AddOutput(string output)
    {
        pending.Append(output);
        var text = pending.ToString();
        var start = 0;
        for (var end = text.IndexOf('\n', start); end >= 0; end = text.IndexOf('\n', start))
        {
            log(text[start..end].TrimEnd('\r'));
            start = end + 1;
        }
        pending.Clear().Append(text, start, text.Length - start);
    }

    // A layer reports its bytes many times a second: only "Pushing", "Pushed" and the like are lines.
    private void AddStatus(string? id, string status)
    {
        if (id is null)
        {
            Write(status);
            return;
        }
        if (states.GetValueOrDefault(id) == status)
            return;
        states[id] = status;
        Write($"{id}: {status}");
    }

    private void Write(string line)
    {
        Complete();
        foreach (var part in line.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            log(part.TrimEnd('\r'));
    }

    private static string? Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
