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
        ["step.retry"] = "retried",
        ["step.fix"] = "corrected and retried",
        ["step.skip"] = "left out",
        ["step.mark-done"] = "marked as done by hand",
        ["approval.approve"] = "approved",
        ["approval.reject"] = "rejected",
        ["checklist.tick"] = "ticked",
        ["checklist.untick"] = "took the tick off",
        ["comment.add"] = "commented on",
        ["project.create"] = "added project",
        ["project.update"] = "changed project",
        ["secret.create"] = "stored secret",
        ["secret.replace"] = "replaced secret",
        ["secret.delete"] = "deleted secret",
        ["token.create"] = "created token",
        ["token.revoke"] = "revoked token",
        ["user.create"] = "added account",
        ["user.setup"] = "set up the first account",
        ["user.update"] = "changed account",
        ["audit.rotate-key"] = "put a new signing key in place:",
        ["session.sign-in"] = "signed in as",
        ["session.sign-out"] = "signed out as",
    };

    /// <summary>"started release"; an action that is new here is said with its own words.</summary>
    public static string Of(string action) =>
        Known.TryGetValue(action, out var words) ? words : string.Join(' ', action.Split('.', '-'));
}
