namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>One git command.</summary>
/// <param name="Arguments">Everything after <c>git</c>, without the fixed settings.</param>
internal sealed record GitCommand(params IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string>? Environment { get; init; }
    public string? StandardInput { get; init; }

    /// <summary>True when standard output is data: it is read, not logged.</summary>
    public bool Quiet { get; init; }

    /// <summary>Exit codes that are answers, besides 0.</summary>
    public IReadOnlyList<int> AlsoOk { get; init; } = [];
}
