using ReleaseDashboard.Sandbox.Effects;

namespace ReleaseDashboard.Sandbox.GitHub.Refs;

/// <summary>A ref that holds something else than before.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Before">Id it held; null when it was absent.</param>
/// <param name="After">Id it holds; null when it is gone.</param>
internal sealed record RefChange(string Name, string? Before, string? After)
{
    public static IEnumerable<RefChange> Between(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Select(name => new RefChange(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Where(change => change.Before != change.After);

    /// <summary>The effect of a change that came through git.</summary>
    public Effect Pushed(string repository, string? actor) =>
        new("git", After is null ? "delete" : "push", $"{repository} {Name}", After, actor);
}
