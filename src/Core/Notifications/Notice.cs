namespace ReleaseDashboard.Core.Notifications;

/// <summary>Something that people should know, found in the audit trail.</summary>
/// <param name="Kind">One of <see cref="NoticeKinds"/>.</param>
/// <param name="Title">One line for people, without project and version.</param>
/// <param name="Path">Where to go, as a path of this dashboard.</param>
public sealed record Notice(string Kind, string Title, string Path)
{
    /// <summary>More, in a sentence or two; may be empty.</summary>
    public string Text { get; init; } = "";

    public string? StepKey { get; init; }

    /// <summary>Sign-in names of those it is for. Whoever did it is taken out by <see cref="NoticeRules"/>.</summary>
    public IReadOnlyCollection<string> To { get; init; } = [];
}
