using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Approvals;

/// <summary>Judges decisions by the rule of an approval step.</summary>
/// <param name="rule">How many people of which role, and whether the starter is left out.</param>
/// <param name="starter">Sign-in name of the person who started the release.</param>
public sealed class ApprovalPolicy(ApprovalRule rule, string starter)
{
    public ApprovalRule Rule { get; } = rule;

    private Roles Role { get; } = Enum.Parse<Roles>(rule.Role, ignoreCase: true);

    /// <summary>Why this person cannot decide, or null when the person can.</summary>
    public string? WhyNot(Actor actor)
    {
        if (!actor.Has(Role))
            return $"Only people with the role {Rule.Role} can decide here.";
        return Rule.NotStarter && IsStarter(actor.Name)
            ? $"{starter} started this release and cannot approve it. Another {Rule.Role} must decide."
            : null;
    }

    /// <summary>Where the approval stands. Only decisions over exactly this digest count, the latest of each person.</summary>
    public ApprovalState Judge(IEnumerable<Decision> decisions, string digest)
    {
        var latest = decisions
            .Where(decision => decision.EvidenceDigest == digest && !(Rule.NotStarter && IsStarter(decision.By)))
            .GroupBy(decision => decision.By, StringComparer.OrdinalIgnoreCase)
            .Select(own => own.MaxBy(decision => decision.At)!)
            .ToList();
        if (latest.Find(decision => decision.Verdict == Verdict.Rejected) is { } rejection)
            return new ApprovalState.Rejected(rejection);
        return latest.Count >= Rule.Count ? new ApprovalState.Granted(latest) : new ApprovalState.Open(Rule.Count - latest.Count);
    }

    private bool IsStarter(string name) => string.Equals(name, starter, StringComparison.OrdinalIgnoreCase);
}
