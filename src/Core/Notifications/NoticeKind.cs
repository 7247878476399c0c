namespace ReleaseDashboard.Core.Notifications;

/// <summary>A kind of thing that people are told of.</summary>
/// <param name="Id">Stable short name, as channels and the API use it.</param>
/// <param name="Title">For people.</param>
/// <param name="IsPersonal">It concerns one person's account: it goes to that person only, never to a project's channel.</param>
/// <param name="IsUsual">Whether a new channel carries it unless told otherwise.</param>
public sealed record NoticeKind(string Id, string Title, bool IsPersonal = false, bool IsUsual = true);

/// <summary>Every kind of notice.</summary>
public static class NoticeKinds
{
    public const string ApprovalAsked = "approval.asked";
    public const string ApprovalReminded = "approval.reminded";
    public const string ApprovalVoid = "approval.void";
    public const string ApprovalLapsed = "approval.lapsed";
    public const string ApprovalGiven = "approval.given";
    public const string ApprovalRejected = "approval.rejected";
    public const string StepFailed = "step.failed";
    public const string StepUnclear = "step.unclear";
    public const string StepAsks = "step.asks";
    public const string ReleaseStarted = "release.started";
    public const string ReleasePublished = "release.published";
    public const string ReleaseAborted = "release.aborted";
    public const string ReleaseHandedOver = "release.handed-over";
    public const string Question = "comment.question";
    public const string Mention = "comment.mention";
    public const string Comment = "comment.added";
    public const string FreezeSet = "freeze.set";
    public const string FreezeLifted = "freeze.lifted";
    public const string SecretExpiring = "secret.expiring";
    public const string AccountChanged = "account.changed";

    /// <summary>A channel gave up. For the bell only: it would not get through itself.</summary>
    public const string ChannelDead = "channel.dead";

    public static IReadOnlyList<NoticeKind> All { get; } =
    [
        new(ApprovalAsked, "A decision is asked"),
        new(ApprovalReminded, "A decision is still missing"),
        new(ApprovalVoid, "An approval became void"),
        new(ApprovalLapsed, "The time for a decision passed"),
        new(ApprovalGiven, "Somebody approved", IsUsual: false),
        new(ApprovalRejected, "Somebody rejected"),
        new(StepFailed, "A step failed"),
        new(StepUnclear, "A step needs a look"),
        new(StepAsks, "A checklist waits"),
        new(Question, "A question is asked"),
        new(Mention, "Somebody is mentioned"),
        new(Comment, "A comment is written", IsUsual: false),
        new(ReleaseStarted, "A release started", IsUsual: false),
        new(ReleasePublished, "A release was published"),
        new(ReleaseAborted, "A release was aborted"),
        new(ReleaseHandedOver, "A release was handed over"),
        new(FreezeSet, "Releases were frozen"),
        new(FreezeLifted, "A freeze ended", IsUsual: false),
        new(SecretExpiring, "A secret expires soon"),
        new(AccountChanged, "My account changed", IsPersonal: true),
    ];

    public static bool IsKnown(string id) => All.Any(kind => kind.Id == id);

    /// <summary>What a channel carries unless told otherwise.</summary>
    /// <param name="ofPerson">Whether it is one person's channel.</param>
    public static IReadOnlyList<string> Usual(bool ofPerson) => [.. Offered(ofPerson).Where(kind => kind.IsUsual).Select(kind => kind.Id)];

    /// <summary>What a channel can carry.</summary>
    public static IReadOnlyList<NoticeKind> Offered(bool ofPerson) => [.. All.Where(kind => ofPerson || !kind.IsPersonal)];
}
