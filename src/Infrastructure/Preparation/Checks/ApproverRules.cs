using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Infrastructure.Approvals;
using static ReleaseDashboard.Infrastructure.Preparation.Checks.ReadinessState;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Are there people who can give each approval that the playbook asks for? By the rule itself, as the step will judge.</summary>
internal static class ApproverRules
{
    private const string Id = "reviewers";

    // Where no playbook is known yet, what nearly every one asks for.
    private static readonly StepDefinition OneReviewer = new() { Id = "approve", Title = "An approval", Kind = StepKindDescription.Approval, Approval = new ApprovalRule(1, "reviewer", notStarter: true) };

    public static async Task<ReadinessCheck> ReviewersAsync(ReadinessScene scene)
    {
        var steps = scene.Request.Scope?.Approvals ?? [OneReviewer];
        if (steps.Count == 0)
            return new ReadinessCheck(Id, "No approval is needed", Ok, "The playbook has no step that asks for one.");
        var people = await new ProjectPeople(scene.Sources.Ledger).ListAsync(scene.Project.Id, scene.Cancellation);
        List<Judged> judged = [.. steps.Select(step => new Judged(step, step.Approval!, people, scene.Request.Starter ?? ""))];
        var lacking = judged.Where(step => step.Missing.Count > 0).ToList();
        return lacking.Count == 0 ? Enough(judged) : TooFew(lacking);
    }

    private static ReadinessCheck Enough(IReadOnlyList<Judged> judged)
    {
        var names = judged.SelectMany(step => step.Able).Select(person => person.Name).Distinct().Order(StringComparer.OrdinalIgnoreCase).ToList();
        var roles = judged.Select(step => step.Rule.Role).Distinct().ToList();
        var who = (names.Count, roles is [{ } role] ? role : null) switch { (1, null) => "1 person", (1, { } one) => $"1 {one}", (var count, null) => $"{count} people", (var count, { } many) => $"{count} {many}s" };
        return new ReadinessCheck(Id, $"{who} can approve", Ok, string.Join(", ", names) + ".");
    }

    private static ReadinessCheck TooFew(IReadOnlyList<Judged> judged)
    {
        var detail = string.Join(' ', judged.SelectMany(step => step.Missing.Select(slot => Say(step, slot))).Distinct());
        var ways = judged.SelectMany(step => step.Missing).Select(slot => Way(slot.Requirement)).Distinct();
        // A step that may never take place, or be left out, is no reason to stop.
        var state = judged.All(step => step.Step.When is not null || step.Step.Optional) ? Warning : Blocking;
        return new ReadinessCheck(Id, judged.All(step => step.Able.Count == 0) ? "Nobody can approve" : "Too few people can approve", state, detail,
            $"{string.Join(" ", ways)} Or change the rule in the playbook.", Fix: new(FixPlace.People, "Open people", Target(judged[0].Missing[0].Requirement)));
    }

    private static string Say(Judged step, SignatureSlot slot)
    {
        var asked = step.People.Where(person => new Signature(person.Name, person.Claims).Meets(slot.Requirement)).ToList();
        var able = asked.Where(step.Able.Contains).Select(person => person.Name).ToList();
        var blind = asked.Where(person => (person.Roles & AccessTable.Of(Permission.SeeProject).AnyOf) == 0).Select(person => person.Name).ToList();
        var starts = asked.Exists(person => step.Rule.NotStarter && string.Equals(person.Name, step.Starter, StringComparison.OrdinalIgnoreCase));
        List<string> reasons = [able.Count == 0 ? "nobody can" : able.Count < slot.Requirement.Count ? $"only {string.Join(", ", able)} can" : $"{string.Join(", ", able)} must sign elsewhere in it, and each person signs once"];
        if (blind.Count > 0)
            reasons.Add($"{string.Join(", ", blind)} cannot see this project");
        if (starts)
            reasons.Add("who starts a release cannot approve it");
        return $"{step.Step.Title} needs {slot.Requirement.Words}: {string.Join("; ", reasons)}.";
    }

    private static string Way(SignatureRequirement requirement) => requirement switch
    {
        { Role: { } role } => $"Give the role {role} to somebody else.",
        { Group: { } group } => $"Put people into the group {group} who see this project.",
        _ => $"Let {string.Join(", ", requirement.People ?? [])} sign in and see this project.",
    };

    private static string Target(SignatureRequirement requirement) => requirement.Role ?? requirement.Group ?? requirement.People![0];

    /// <summary>One approval, matched against all who might give it. Its authors are not known before there is something to approve.</summary>
    private sealed record Judged(StepDefinition Step, ApprovalRule Rule, IReadOnlyList<Signer> People, string Starter)
    {
        public IReadOnlyList<Signer> Able { get; } = [.. People.Where(person => new ApprovalPolicy(Rule, Starter, []).WhyNot(person) is null)];

        public IReadOnlyList<SignatureSlot> Missing => [.. Signatures.Match(Rule, [.. Able.Select(person => new Signature(person.Name, person.Claims))]).Where(slot => slot.Missing > 0)];
    }
}
