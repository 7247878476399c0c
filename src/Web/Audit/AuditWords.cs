using ReleaseDashboard.Infrastructure.Audit.Listing;

namespace ReleaseDashboard.Web.Audit;

/// <summary>Actions of the audit trail in plain words.</summary>
public static class AuditWords
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["release.start"] = "started release",
        ["release.publish"] = "published release",
        ["release.abort"] = "aborted release",
        ["release.cancel"] = "asked to abort release",
        ["step.start"] = "began step",
        ["step.attempt"] = "began an attempt at",
        ["step.succeed"] = "finished step",
        ["step.fail"] = "could not finish",
        ["step.wait"] = "waits outside for",
        ["step.ask"] = "asked people for",
        ["step.reconcile"] = "asked for a look at",
        ["step.takeover"] = "took over",
        ["step.retry"] = "retried",
        ["step.fix"] = "corrected and retried",
        ["step.skip"] = "left out",
        ["step.mark-done"] = "marked as done by hand",
        ["approval.approve"] = "approved",
        ["approval.reject"] = "rejected",
        ["approval.ask"] = "asked people for",
        ["approval.remind"] = "reminded people of",
        ["approval.void"] = "found void",
        ["approval.lapse"] = "let lapse",
        ["release.hand_over"] = "handed over release",
        ["freeze.create"] = "froze releases of",
        ["freeze.lift"] = "lifted the freeze of",
        ["freeze.override"] = "let a release pass the freeze:",
        ["checklist.tick"] = "ticked",
        ["checklist.untick"] = "took the tick off",
        ["comment.add"] = "commented on",
        ["project.create"] = "added project",
        ["project.update"] = "changed project",
        ["secret.create"] = "stored secret",
        ["secret.replace"] = "replaced secret",
        ["secret.delete"] = "deleted secret",
        ["secret.remove"] = "removed secret",
        ["secret.scope"] = "set the end and the steps of secret",
        ["secret.expiring"] = "warned of the end of secret",
        ["secret.refuse"] = "was refused a change of secret",
        ["channel.create"] = "added channel",
        ["channel.update"] = "changed channel",
        ["channel.remove"] = "removed channel",
        ["channel.ask"] = "mailed a link to confirm the address of channel",
        ["channel.confirm"] = "confirmed the address of channel",
        ["channel.test"] = "tried channel",
        ["channel.fail"] = "gave up on channel",
        ["channel.refuse"] = "was refused a change of the channels of",
        ["step.refuse"] = "was refused an action on step",
        ["approval.refuse"] = "was refused a decision on",
        ["webhook.refuse"] = "sent a webhook that was refused, for",
        ["notes.save"] = "saved the notes of release",
        ["notes.generate"] = "kept GitHub's notes of release",
        ["token.create"] = "created token",
        ["token.revoke"] = "revoked token",
        ["user.create"] = "added account",
        ["user.setup"] = "set up the first account",
        ["user.update"] = "changed account",
        ["user.enable"] = "let in again",
        ["user.disable"] = "disabled",
        ["user.roles"] = "changed the roles of",
        ["user.password"] = "set the password of",
        ["user.link"] = "linked to GitHub",
        ["user.unlink"] = "unlinked from GitHub",
        ["user.github-login"] = "said the GitHub login of",
        ["group.create"] = "added group",
        ["group.update"] = "changed group",
        ["group.delete"] = "deleted group",
        ["group.add-member"] = "put somebody into group",
        ["group.remove-member"] = "took somebody out of group",
        ["access.set"] = "set the roles here of",
        ["access.refuse"] = "was refused more power for",
        ["session.confirm"] = "confirmed to be",
        ["session.end-all"] = "signed out everywhere",
        ["audit.rotate-key"] = "put a new signing key in place:",
        ["session.sign-in"] = "signed in as",
        ["session.sign-out"] = "signed out as",
    };

    /// <summary>"started release"; an action that is new here is said with its own words.</summary>
    public static string Of(string action) =>
        Known.TryGetValue(action, out var words) ? words : string.Join(' ', action.Split('.', '-'));

    /// <summary>What the action was done to. The trail names a freeze by its id; people know it by what is frozen.</summary>
    public static string Subject(AuditRow row) => row.Action switch
    {
        "freeze.create" or "freeze.lift" => row.ProjectId is null ? "all projects" : row.Project ?? row.Subject,
        "freeze.override" => row.Version ?? row.Subject,
        _ => row.Subject,
    };
}
