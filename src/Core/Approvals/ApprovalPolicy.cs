using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Approvals;

/// <summary>Judges decisions by the rule of an approval step.</summary>
/// <param name="rule">Who must sign, and who is left out.</param>
/// <param name="starter">Sign-in name of the person who started the release; it stays that person after a hand-over.</param>
/// <param name="authors">Who authored what is released; looked at only when the rule leaves authors out.</param>
public sealed class ApprovalPolicy(ApprovalRule rule, string starter, IReadOnlyList<CommitAuthor> authors)
{
    public ApprovalRule Rule { get; } = rule;

    /// <summary>
    /// Why this person cannot decide, or null when the person can. The one judgement: the action, pages, notices, reminders
    /// and lists of work all ask here. Any role that shows the project is enough; the rule says the rest.
    /// </summary>
    public string? WhyNot(Signer person) => WhyNever(person) ?? WhyUnsure(person);

    /// <summary>
    /// Whether to ask this person: who can decide, and who could after linking the account that tells whether the person is an
    /// author. Such a person would else never learn of it.
    /// </summary>
    public bool Asks(Signer person) => WhyNever(person) is null;

    private string? WhyNever(Signer person)
    {
        if ((person.Roles & AccessTable.Of(Permission.Decide).AnyOf) == 0)
            return $"{person.Name} does not see this project and cannot decide in it.";
        if (IsLeftOut(person.Name))
            return $"{starter} started this release and cannot approve it. {Another} must decide.";
        if (Rule.NotAuthor && authors.FirstOrDefault(author => author.Is(person)) is { } author)
            return $"{person.Name} authored commits of this release (as {author}) and cannot approve it. {Another} must decide.";
        if (Rule.Require.Any(new Signature(person.Name, person.Claims).Meets))
            return null;
        return Rule.Role is { } role ? $"Only people with the role {role} can decide here." : $"This approval needs {Rule.Words}, and {person.Name} is none of them.";
    }

    /// <summary>Where the approval stands. Only decisions over exactly this digest count, the latest of each person.</summary>
    public ApprovalState Judge(IEnumerable<Decision> decisions, string digest)
    {
        var latest = decisions
            .Where(decision => decision.EvidenceDigest == digest && !IsLeftOut(decision.By) && !IsAuthor(decision.By))
            .GroupBy(decision => decision.By, StringComparer.OrdinalIgnoreCase)
            .Select(own => own.MaxBy(decision => decision.At)!)
            .OrderBy(decision => decision.At)
            .ToList();
        var slots = Signatures.Match(Rule, [.. latest.Where(decision => decision.Verdict == Verdict.Approved).Select(decision => new Signature(decision.By, ClaimsOf(decision)))]);
        if (latest.Find(decision => decision.Verdict == Verdict.Rejected) is { } rejection)
            return new ApprovalState.Rejected(slots, rejection);
        return slots.Any(slot => slot.Missing > 0) ? new ApprovalState.Open(slots) : new ApprovalState.Granted(slots, latest);
    }

    // Not being found among the authors says nothing about a person of whom too little is known to be found. The e-mail alone
    // never does: everybody changes their own.
    private string? WhyUnsure(Signer person)
    {
        if (!Rule.NotAuthor || authors.Count == 0)
            return null;
        if (string.IsNullOrEmpty(person.GitHubLogin))
            return $"It cannot be told that {person.Name} authored none of this release: no GitHub account is linked here. {person.Name} can link it on the page of the account, or an administrator notes the login; else {Another.ToLowerInvariant()} must decide.";
        return string.IsNullOrEmpty(person.Email) && authors.FirstOrDefault(author => author.Login is null) is { } known
            ? $"It cannot be told that {person.Name} is not {known}, whom GitHub does not know: {person.Name} has no e-mail address here. Enter it on the page of the account; else {Another.ToLowerInvariant()} must decide."
            : null;
    }

    private string Another => Rule.Role is { } role ? $"Another {role}" : "Somebody else";

    // Decisions from before roles and groups were kept were taken under the short form, which checked the role itself.
    private IReadOnlyList<string> ClaimsOf(Decision decision) =>
        decision.As.Count == 0 && Rule.Role is { } role ? [$"role:{role}"] : decision.As;

    private bool IsLeftOut(string name) => Rule.NotStarter && string.Equals(name, starter, StringComparison.OrdinalIgnoreCase);

    // Logins and addresses were compared when the decision was taken; here the name alone is known.
    private bool IsAuthor(string name) => Rule.NotAuthor && authors.Any(author => author.Is(new Signer(name, Roles.None, [])));
}
