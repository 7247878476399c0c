using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Preparation.Plans;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Packs;

/// <summary>The steps of a release with all that happened to them.</summary>
public sealed class PackSteps(ReleaseSnapshots snapshots, StepPlanner planner)
{
    internal async Task<IReadOnlyList<PackStage>> OfAsync(LedgerContext db, Guid releaseId, CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.OfAsync(db, releaseId, cancellationToken);
        var rows = await PackRows.ReadAsync(db, releaseId, cancellationToken);
        var outputs = rows.Steps.Values.Where(step => step is { Status: Core.Releases.StepStatus.Succeeded, Evidence: not null }).ToDictionary(step => step.Key, step => step.Evidence!);
        var stages = new List<PackStage>();
        foreach (var stage in snapshot.Playbook.Stages)
        {
            var steps = new List<PackStep>();
            foreach (var step in stage.Steps)
            {
                var inputs = snapshot.Resolve(step, outputs, rows.Steps[step.Id].Corrections);
                steps.Add(Step(step, rows, Shown(inputs), await CommandsAsync(snapshot, step, rows.Steps[step.Id].StartedAt is null ? null : inputs, outputs, cancellationToken)));
            }
            stages.Add(new PackStage(stage.Id, stage.Title, steps));
        }
        return stages;
    }

    private static PackStep Step(StepDefinition definition, PackRows rows, Dictionary<string, string> inputs, IReadOnlyList<string> commands)
    {
        var step = rows.Steps[definition.Id];
        return new PackStep(
            step.Key, definition.Title, definition.Kind, Words.Of(step.Status), definition.Optional, definition.Permanent, step.Reason, step.SettledBy, step.StartedAt, step.FinishedAt,
            inputs, commands, step.Evidence?.Items ?? [], step.Evidence?.Digest, step.Error,
            [.. rows.Attempts[step.Id].Select(attempt => new PackAttempt(
                attempt.Number, attempt.Worker, attempt.StartedAt, attempt.FinishedAt, attempt.Outcome?.ToString(), attempt.IntentDigest, attempt.Error, attempt.Evidence?.Digest))],
            [.. rows.Ticks[step.Id].Select(tick => new PackTick(definition.Items.FirstOrDefault(item => item.Id == tick.ItemId)?.Text ?? tick.ItemId, tick.By, tick.At))],
            Requests([.. rows.Requests[step.Id]], step.Evidence),
            [.. rows.Decisions[step.Id].Select(decision => new PackDecision(decision.By, decision.Verdict.ToString(), decision.EvidenceDigest, decision.As, decision.At, decision.Comment))],
            Comments([.. rows.Comments[step.Key]]));
    }

    /// <summary>A request that became void says what was different the next time, or is now.</summary>
    private static List<PackRequest> Requests(List<ApprovalRequestRecord> requests, Evidence? now) =>
    [
        .. requests.Select((request, at) => new PackRequest(
            request.EvidenceDigest, request.AskedAt, request.ClosedAt, request.Outcome?.ToString(),
            request.Outcome == ApprovalOutcome.Void && (at + 1 < requests.Count ? requests[at + 1].Evidence : now) is { } next ? EvidenceDifference.Of(request.Evidence, next) : [])),
    ];

    private static List<PackComment> Comments(List<CommentRecord> comments) =>
    [
        .. comments.Select(comment => new PackComment(
            comment.By, comment.At, comment.Text, comment.IsQuestion, comments.Find(asked => asked.Id == comment.Answers) is { } question ? new PackAnswer(question.By, question.At) : null)),
    ];

    private static Dictionary<string, string> Shown(StepInputs inputs) =>
        inputs.Values
            .ToDictionary(input => input.Key, input => input.Value is InputValue.List list ? string.Join('\n', list.Items) : input.Value.ToString() ?? "");

    // Asked of the same classes as the plan that the maintainers saw before they started; once a step has begun, with the values that it ran with.
    private async Task<IReadOnlyList<string>> CommandsAsync(ReleaseSnapshot snapshot, StepDefinition step, StepInputs? inputs, Dictionary<string, Evidence> outputs, CancellationToken cancellationToken)
    {
        if (step.Effect == StepEffect.Person || !snapshot.IsIncluded(step, outputs))
            return [];
        var plan = await planner.PlanAsync(snapshot.Facts, step, 1, null, null, cancellationToken, inputs);
        return [.. plan.Environment, .. plan.Lines.Select(line => line.Wants is { } wants ? $"{line.Text}  → {wants}" : line.Text)];
    }
}
