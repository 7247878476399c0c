namespace ReleaseDashboard.EndToEnd.Tests.Product;

/// <summary>A change that a simulated service carried out.</summary>
internal sealed record Effect(long Sequence, string Service, string Action, string Subject, string? Digest, string? Actor);

/// <summary>What happened outside.</summary>
internal sealed class Effects(IReadOnlyList<Effect> all)
{
    public IReadOnlyList<Effect> All { get; } = all;

    public IReadOnlyList<Effect> Of(string action) => [.. All.Where(effect => effect.Action == action)];

    /// <summary>Each change was made once: none stands in the log twice.</summary>
    public void ShouldBeOnce() => All
        .Where(effect => effect.Action != "check.complete")
        .GroupBy(effect => (effect.Service, effect.Action, effect.Subject, effect.Digest))
        .Where(same => same.Count() > 1)
        .Select(same => same.Key.ToString())
        .ShouldBeEmpty(ToString());

    public override string ToString() => string.Join('\n', All.Select(effect => $"{effect.Sequence} {effect.Service} {effect.Action} {effect.Subject} {effect.Digest} {effect.Actor}"));
}
