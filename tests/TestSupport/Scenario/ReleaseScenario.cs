using System.Collections.Concurrent;
using System.Threading.Channels;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.TestSupport.Scenario;

/// <summary>
/// What scripted releases do, told by version and step: without a word each step succeeds at once with the evidence of
/// <see cref="WrapperStory"/>. Survives a restart of the server, as the world outside does.
/// </summary>
public sealed class ReleaseScenario
{
    private readonly ConcurrentDictionary<string, Evidence> _done = new();
    private readonly ConcurrentDictionary<string, Channel<string>> _held = new();
    private readonly ConcurrentDictionary<string, StepError> _failures = new();
    private readonly ConcurrentDictionary<string, Observation> _sights = new();

    /// <summary>The step's next attempt runs until the writer is completed; what is written to it are log lines.</summary>
    public ChannelWriter<string> Hold(string version, string step) =>
        (_held[Key(version, step)] = Channel.CreateUnbounded<string>()).Writer;

    /// <summary>Acting fails until <see cref="Repair"/>.</summary>
    public void Fail(string version, string step, StepError error) => _failures[Key(version, step)] = error;

    /// <summary>Looking shows this until <see cref="Repair"/>.</summary>
    public void Show(string version, string step, Observation sight) => _sights[Key(version, step)] = sight;

    public void Repair(string version, string step)
    {
        _failures.TryRemove(Key(version, step), out _);
        _sights.TryRemove(Key(version, step), out _);
    }

    internal Observation Look(StepContext context)
    {
        var key = Key(context);
        return _sights.TryGetValue(key, out var sight) ? sight
            : _done.TryGetValue(key, out var evidence) ? new Observation.Done(evidence)
            : new Observation.NotDone();
    }

    internal async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var key = Key(context);
        foreach (var line in WrapperStory.Log(context))
            context.Log.Write(line);
        if (_held.TryGetValue(key, out var held))
        {
            await foreach (var line in held.Reader.ReadAllAsync(cancellationToken))
                context.Log.Write(line);
        }
        if (_failures.TryGetValue(key, out var error))
        {
            foreach (var line in error.Lines)
                context.Log.Write($"\u001b[31m{line}\u001b[0m");
            return new ActResult.Failed(error);
        }
        _done[key] = WrapperStory.Evidence(context);
        return new ActResult.Acted();
    }

    private static string Key(StepContext context) => Key(context.Facts.Version.ToString(), context.Definition.Id);

    private static string Key(string version, string step) => $"{version}/{step}";
}
