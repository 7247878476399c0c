using System.Collections.Immutable;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Import;

/// <summary>
/// Takes refs over that nobody pushed, because they came with the demo or an import: the simulated GitHub would otherwise tell of
/// them as pushes, with effects, webhooks and checks.
/// </summary>
internal static class QuietRefs
{
    /// <returns>The repository's document with its refs as git has them now; the caller saves it.</returns>
    internal static async Task<RepositoryState> Told_NeedsTurn(SandboxRepository repository)
    {
        var refs = await repository.Git.RefsAsync("refs/heads", "refs/tags");
        return repository.State with { Refs = refs.ToImmutableSortedDictionary(found => found.Name, found => found.Sha, StringComparer.Ordinal) };
    }
}
