using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Audit.Refusals;

/// <summary>Something that was tried and refused. Calls that are equal are counted together.</summary>
/// <param name="ActorKind">As in <see cref="Actor.Kind"/>; <c>webhook</c> for a sender that nobody knows.</param>
/// <param name="ActorName">Who tried it.</param>
/// <param name="Action">The action that the entry carries, such as <c>secret.refuse</c>.</param>
/// <param name="ProjectId">The project it concerns, or null.</param>
/// <param name="Subject">What it concerns. Never a text that the caller chose: people paste secrets into the wrong field.</param>
/// <param name="Reason">Why, in a word or two that the program chose.</param>
public sealed record RefusedCall(string ActorKind, string ActorName, string Action, Guid? ProjectId, string Subject, string Reason)
{
    public const string OfSecret = "secret.refuse";
    public const string OfChannel = "channel.refuse";
    public const string OfWebhook = "webhook.refuse";
    public const string OfStep = "step.refuse";
    public const string OfApproval = "approval.refuse";

    /// <summary>Subject of a refusal in a release that is not there: the caller's own text is not kept.</summary>
    public const string UnknownRelease = "an unknown release";

    /// <summary>Subject of a refusal on a step: <c>1.2.0/approve</c>.</summary>
    /// <param name="key">As the ledger has it; null when the release has no such step.</param>
    public static string StepSubject(string version, string? key) => $"{version}/{key ?? "an unknown step"}";

    public static RefusedCall Of(Actor actor, string action, Guid? projectId, string subject, Refusal refusal) =>
        new(actor.Kind, actor.Name, action, projectId, subject, refusal switch
        {
            Refusal.NotAllowed => "not allowed",
            Refusal.NotFound => "not there, or not shown",
            Refusal.Conflict => "in conflict",
            Refusal.Invalid => "not usable",
            _ => refusal.ToString(),
        });
}
