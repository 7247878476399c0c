using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Changelog;

namespace ReleaseDashboard.Infrastructure.Steps.People;

/// <summary>
/// Named people approve exactly what will be published: everything that earlier steps proved, by one digest. A decision
/// over another digest does not count, so what changes afterwards is approved anew.
/// </summary>
internal sealed class ApprovalStep : IStep
{
    /// <summary>Output that later steps hold their bytes against: the digest that was approved.</summary>
    public const string ApprovedDigest = "approved_digest";

    /// <summary>Output that names who approved.</summary>
    public const string ApprovedBy = "approved_by";

    /// <summary>Item of the approval that names the approved images.</summary>
    public const string ApprovedImages = "images";

    // What else a reviewer decides on. Counts, links and logs of earlier steps say nothing about what is published.
    private static readonly string[] Facts = ["size", "checks", "reviewed_by", "test_index", "smoke"];

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
        ],
        Outputs =
        [
            new OutputDescription(ApprovedDigest, ValueKind.Text, "Digest of the evidence that was approved."),
            new OutputDescription(ApprovedImages, ValueKind.Text, "The images that were approved."),
        ],
    };

    /// <summary>What is approved: the exact file and commit, where they go, and what earlier steps proved about them.</summary>
    public static Evidence Subject(StepContext context)
    {
        var facts = context.Facts;
        var settings = facts.Project.Settings;
        List<EvidenceItem> items =
        [
            new("package", EvidenceKind.Text, $"{facts.Project.WhatIsReleased()} {facts.Version}"),
            new("file", EvidenceKind.File, context.Inputs.Text("file") ?? ""),
            new("sha256", EvidenceKind.Sha256, context.Inputs.Text("sha256") ?? ""),
            new("wheel", EvidenceKind.File, context.Inputs.Text("wheel") ?? ""),
            new("wheel_sha256", EvidenceKind.Sha256, context.Inputs.Text("wheel_sha256") ?? ""),
            new("commit", EvidenceKind.Commit, context.Inputs.Text("commit") ?? ""),
            new(ApprovedImages, EvidenceKind.Images, context.Inputs.Text("inventory") ?? ""),
            new("index", EvidenceKind.Text, OfPackage(context) ? settings.ProductionIndex.Upload : ""),
            new("registry", EvidenceKind.Text, context.Inputs.Text("inventory") is null ? "" : settings.Images?.Production.Repository ?? ""),
            new("tag", EvidenceKind.Text, settings.TagFor(facts.Version.ToString())),
            // Only where the version stands in a file does the development branch move on to the next one.
            new("next_beta", EvidenceKind.Text, OfPackage(context) && settings.VersionFile.Length > 0 ? facts.Version.NextBeta().ToString() : ""),
        ];
        items.AddRange(NotesEvidence.Of(context.Notes));
        foreach (var fact in Facts)
        {
            if (context.Find(fact) is { } value)
                items.Add(new EvidenceItem(fact, EvidenceKind.Text, value));
        }
        return new Evidence([.. items.Where(item => item.Value.Length > 0)]);
    }

    // Where only images are published, the package index says nothing.
    private static bool OfPackage(StepContext context) => context.Inputs.Text("file") is not null || context.Inputs.Text("inventory") is null;

    /// <summary>Whether an approval is as it was given: the digest is over what was shown; who approved came afterwards.</summary>
    public static bool IsWhole(Evidence approval) =>
        new Evidence([.. approval.Items.Where(item => item.Name is not (ApprovedDigest or ApprovedBy))]).Digest == approval[ApprovedDigest];

    public Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var rule = context.Definition.Approval ?? throw new InvalidOperationException("The playbook was validated without an approval rule.");
        var subject = Subject(context);
        // After a retry earlier decisions are history: people decide anew.
        var decisions = context.Decisions.Where(decision => decision.At >= context.StepStartedAt);
        return Task.FromResult<Observation>(new ApprovalPolicy(rule, context.Facts.StartedBy).Judge(decisions, subject.Digest) switch
        {
            ApprovalState.Granted granted => new Observation.Done(subject.With(
                new EvidenceItem(ApprovedDigest, EvidenceKind.Sha256, subject.Digest),
                new EvidenceItem(ApprovedBy, EvidenceKind.Text, string.Join(", ", granted.By.Select(decision => decision.By))))),
            ApprovalState.Rejected rejected => new Observation.Failed(new StepError(
                "rejected",
                $"{rejected.Decision.By} rejected the publication.",
                rejected.Decision.Comment ?? "No reason was given.",
                "Nothing was published. Repair what was named and ask again with Retry, or abort the release.")) { Evidence = subject },
            ApprovalState.Open open => new Observation.NeedsPerson(
                open.Missing == 1 ? $"1 {rule.Role} must approve" : $"{open.Missing} people with the role {rule.Role} must approve", subject),
            var other => throw new InvalidOperationException($"Unknown state {other}."),
        });
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var rule = context.Definition.Approval!;
        return Task.FromResult(StepPlan.Empty with
        {
            Note = $"{rule.Count} of the people with the role {rule.Role} must approve the exact file, commit and checks." + (rule.NotStarter ? " The person who starts the release cannot." : ""),
        });
    }

    public Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("People approve; the engine never acts here.");
}
