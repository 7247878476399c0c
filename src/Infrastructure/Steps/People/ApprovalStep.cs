using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Approvals;

namespace ReleaseDashboard.Infrastructure.Steps.People;

/// <summary>
/// Named people approve exactly what will be published: everything that earlier steps proved, by one digest. A decision
/// over another digest does not count, so what changes afterwards is approved anew.
/// </summary>
internal sealed class ApprovalStep(ApprovalEvidence evidence, TimeProvider time) : IStep
{
    /// <summary>Output that later steps hold their bytes against: the digest that was approved.</summary>
    public const string ApprovedDigest = "approved_digest";

    /// <summary>Output that names who approved.</summary>
    public const string ApprovedBy = "approved_by";

    /// <summary>Item of the approval that names the approved images.</summary>
    public const string ApprovedImages = ApprovalSubject.Images;

    /// <summary>Item of the approval that names the tags of production that are made and moved.</summary>
    public const string ApprovedTags = ApprovalSubject.Tags;

    /// <summary>Code of the error when somebody said no.</summary>
    public const string Rejected = ApprovalFailure.Rejected;

    /// <summary>Code of the error when the time limit passed.</summary>
    public const string Lapsed = ApprovalFailure.Lapsed;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    public StepKindDescription Description { get; } = new(StepKindDescription.Approval, "Named people approve exactly what will be published.", StepEffect.Person)
    {
        Inputs =
        [
            new InputDescription("file", ValueKind.Text, "Name of the file that will be published."),
            new InputDescription("sha256", ValueKind.Text, "Its SHA-256, lower-case hex."),
            new InputDescription("wheel", ValueKind.Text, "Name of the wheel that will be published."),
            new InputDescription("wheel_sha256", ValueKind.Text, "Its SHA-256, lower-case hex."),
            new InputDescription("commit", ValueKind.Text, "The commit that will be tagged."),
            new InputDescription("inventory", ValueKind.Text, "The images that will be published: every tag with its digest and platforms."),
            new InputDescription("tags", ValueKind.Text, "The tags of production that will be made and moved, with where they point now."),
        ],
        Outputs =
        [
            new OutputDescription(ApprovedDigest, ValueKind.Text, "Digest of the evidence that was approved."),
            new OutputDescription(ApprovedImages, ValueKind.Text, "The images that were approved."),
        ],
    };

    /// <summary>What is approved, as far as earlier steps proved it.</summary>
    public static Evidence Subject(StepContext context) => ApprovalSubject.Of(context.Facts, context.Inputs, context.Outputs);

    /// <summary>What was shown when it was approved: without what the approval itself added.</summary>
    public static Evidence Shown(Evidence approval) => new([.. approval.Items.Where(item => item.Name is not (ApprovedDigest or ApprovedBy))]);

    /// <summary>Whether an approval is as it was given: the digest is over what was shown; who approved came afterwards.</summary>
    public static bool IsWhole(Evidence approval) => Shown(approval).Digest == approval[ApprovedDigest];

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var rule = context.Definition.Approval ?? throw new InvalidOperationException("The playbook was validated without an approval rule.");
        var read = await evidence.AskAsync(context.Facts, rule, context.Inputs, context.Outputs, context.ByHand, cancellationToken);
        if (!read.IsOk)
            return new Observation.Waiting(read.Error.Told, Pause, Evidence.None);
        var subject = read.Value;
        var found = ApprovalSubject.WithBytes(subject, context.Workspace, context.Artifacts);
        if (found != subject)
            return new Observation.Failed(OtherBytes(subject, found)) { Evidence = found };

        // Decisions of earlier requests are history, also when the evidence is what it once was.
        var round = context.Round?.EvidenceDigest == subject.Digest ? context.Round : null;
        var decisions = round is null ? [] : context.Decisions.Where(decision => decision.At >= round.AskedAt);
        var policy = new ApprovalPolicy(rule, context.Facts.StartedBy, CommitAuthor.ParseAll(subject[CommitAuthor.Item]));
        return policy.Judge(decisions, subject.Digest) switch
        {
            ApprovalState.Granted granted => new Observation.Done(subject.With(
                new EvidenceItem(ApprovedDigest, EvidenceKind.Sha256, subject.Digest),
                new EvidenceItem(ApprovedBy, EvidenceKind.Text, string.Join(", ", granted.By.Select(decision => decision.By))))),
            ApprovalState.Rejected rejected => new Observation.Failed(ApprovalErrors.Rejected(rejected.Decision)) { Evidence = subject },
            ApprovalState.Open open => Open(rule, subject, round, open),
            var other => throw new InvalidOperationException($"Unknown state {other}."),
        };
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var rule = context.Definition.Approval!;
        List<string> note = [$"{rule.Words} must approve the exact files, images, commit and checks."];
        if (rule.NotStarter)
            note.Add("The person who starts the release cannot.");
        if (rule.NotAuthor)
            note.Add("Nobody who authored a commit since the last release can.");
        if (rule.Within is { } within)
            note.Add($"They have {PlaybookDuration.Words(within)}; then they are asked again.");
        return Task.FromResult(StepPlan.Empty with { Note = string.Join(' ', note) });
    }

    public Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("People approve; the engine never acts here.");

    private Observation Open(ApprovalRule rule, Evidence subject, ApprovalRound? round, ApprovalState.Open open)
    {
        var now = time.GetUtcNow();
        if (round?.DueAt <= now)
            return new Observation.Failed(ApprovalErrors.Lapsed(rule, open)) { Evidence = subject };
        var next = (round ?? new ApprovalRound(subject.Digest, now, now + rule.Within, null)).NextAt(rule.Remind);
        return new Observation.NeedsPerson(ApprovalErrors.Missing(open), subject) { LookAgainAfter = next is { } at ? at > now ? at - now : TimeSpan.FromSeconds(1) : null };
    }

    private static StepError OtherBytes(Evidence proved, Evidence found) => ApprovalErrors.OtherBytes(EvidenceDifference.Of(proved, found)[0]);
}
