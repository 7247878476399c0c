namespace ReleaseDashboard.Infrastructure.People;

/// <summary>A group with its members' sign-in names.</summary>
public sealed record GroupSummary(Guid Id, string Name, string Description, IReadOnlyList<string> Members);
