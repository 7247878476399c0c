using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>An effect, and the file that shows whether its change was made.</summary>
/// <param name="Effect">What is to be logged.</param>
/// <param name="Path">The small file that is written or deleted.</param>
/// <param name="Digest">What a tag's file holds afterwards; null for other files.</param>
/// <param name="Present">Whether the file is there afterwards.</param>
internal sealed record PromisedEffect(Effect Effect, string Path, string? Digest = null, bool Present = true);

/// <summary>
/// Writes down what is about to be done before it is done, so that a killed process can log at its next start what it had done
/// already. Every effect stands in the log exactly once.
/// </summary>
internal sealed class RegistryJournal(RegistryFolder folder, EffectLog effects)
{
    public async Task CommitAsync_NeedsTurn(IReadOnlyList<PromisedEffect> promised, Action change)
    {
        if (promised.Count > 0)
            DocumentFile.Save(folder.Pending, new Entry(effects.Count, promised));
        change();
        foreach (var promise in promised)
            await effects.AppendAsync(promise.Effect, CancellationToken.None);
    }

    public async Task RecoverAsync()
    {
        if (DocumentFile.Load<Entry>(folder.Pending) is not { } entry)
            return;
        var logged = effects.Read().Skip(entry.After).ToList();
        foreach (var promise in entry.Promised.Where(promise => WasKept(promise) && !logged.Any(made => Same(made, promise.Effect))))
            await effects.AppendAsync(promise.Effect);
    }

    private static bool WasKept(PromisedEffect promise) =>
        File.Exists(promise.Path) == promise.Present
        && (promise.Digest is null || !promise.Present || DocumentFile.Load<TagLink>(promise.Path)?.Digest == promise.Digest);

    private static bool Same(EffectEntry entry, Effect effect) =>
        (entry.Service, entry.Action, entry.Subject, entry.Digest) == (effect.Service, effect.Action, effect.Subject, effect.Digest);

    private sealed record Entry(int After, IReadOnlyList<PromisedEffect> Promised);
}
