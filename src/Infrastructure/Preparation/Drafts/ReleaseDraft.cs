namespace ReleaseDashboard.Infrastructure.Preparation.Drafts;

/// <summary>A release that is being prepared. Only its owner sees it.</summary>
/// <param name="Page">Page of the wizard: one of <see cref="Pages"/>.</param>
public sealed record ReleaseDraft(Guid Id, Guid ProjectId, string? Version, string Page, DateTimeOffset SavedAt)
{
    public static IReadOnlyList<string> Pages { get; } = ["version", "preflight", "plan", "start"];
}
