using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Notifications;

/// <summary>What the rules must know beside the entry itself.</summary>
public sealed record NoticeScene
{
    /// <summary>Short name of the project concerned, or null.</summary>
    public string? Project { get; init; }

    public NoticeRelease? Release { get; init; }

    public NoticeStep? Step { get; init; }

    /// <summary>Everybody who can sign in, with what they may do.</summary>
    public IReadOnlyList<NoticePerson> People { get; init; } = [];

    /// <summary>Sign-in names of those who follow the project.</summary>
    public IReadOnlyList<string> Followers { get; init; } = [];

    /// <summary>Sign-in names of those who wrote or decided at the step.</summary>
    public IReadOnlyList<string> Involved { get; init; } = [];

    /// <summary>Sign-in names of those who decided since the step asked: a reminder leaves them out.</summary>
    public IReadOnlyList<string> Decided { get; init; } = [];

    /// <summary>The step asked before in this attempt: whoever ticks one item of four need not tell everybody about the other three.</summary>
    public bool HasAsked { get; init; }

    /// <summary>Who asked the question that a comment answers, or null.</summary>
    public string? Asker { get; init; }
}

/// <summary>The release concerned.</summary>
public sealed record NoticeRelease(Guid Id, Guid ProjectId, string Version, string Owner, string StartedBy);

/// <summary>The step concerned.</summary>
/// <param name="Approval">The rule of an approval; null on other kinds.</param>
public sealed record NoticeStep(string Key, string Title, string Kind, ApprovalRule? Approval)
{
    /// <summary>Who authored what is released, by the step's evidence; they cannot sign where the rule leaves them out.</summary>
    public IReadOnlyList<CommitAuthor> Authors { get; init; } = [];
}

/// <summary>Somebody who can be told.</summary>
public sealed record NoticePerson(Guid Id, Actor Actor)
{
    public string Name => Actor.Name;
}
