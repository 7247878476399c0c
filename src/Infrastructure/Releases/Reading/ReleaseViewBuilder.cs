using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>Joins the ledger's rows with the playbook they run on.</summary>
internal static class ReleaseViewBuilder
{
    public static ReleaseView Build(ReleaseRows rows, ReleaseSnapshot snapshot)
    {
        var outputs = rows.Steps.Where(step => step is { Status: StepStatus.Succeeded, Evidence: not null }).ToDictionary(step => step.Key, step => step.Evidence!);
        var byKey = rows.Steps.ToDictionary(step => step.Key);
        var release = rows.Release;
        var shown = snapshot.Playbook.Stages.SelectMany(stage => stage.Steps).Select(step => ShownStatus.Of(byKey[step.Id], step.Effect));
        return new ReleaseView(
            release.Id, release.ProjectId, release.Project!.Name, release.Project.Repository, release.Version, ShownStatus.Of(release.Status, shown), release.IsRehearsal,
            release.PlaybookName, release.PlaybookRevision, release.Owner, release.StartedBy, release.StartedAt, release.FinishedAt, release.AbortReason,
            release.BaseCommit, release.PlanDigest, snapshot.Facts.Project.Settings,
            [.. snapshot.Playbook.Stages.Select(stage => new StageView(stage.Id, stage.Title,
                [.. stage.Steps.Select(step => Step(rows, snapshot, step, byKey[step.Id], outputs))]))])
        {
            LastVersion = release.LastVersion,
            Freezes = rows.Freezes,
        };
    }

    private static StepView Step(ReleaseRows rows, ReleaseSnapshot snapshot, StepDefinition definition, StepRecord step, Dictionary<string, Evidence> outputs)
    {
        var variables = new ReleaseVariables(snapshot.Facts, outputs);
        string Fill(Template template) => template.Resolve(variables.Find, []).ToString() ?? "";
        var inputs = snapshot.Resolve(definition, outputs, step.Corrections).Values
            .ToDictionary(input => input.Key, input => input.Value is InputValue.List list ? string.Join('\n', list.Items) : input.Value.ToString() ?? "");
        var status = ShownStatus.Of(step, definition.Effect);
        return new StepView(
            step.Key, definition.Title, definition.Kind, definition.Effect, definition.Permanent, definition.Optional, Fill(definition.Instructions),
            status, step.Reason, step.SettledBy, step.StartedAt, step.FinishedAt,
            rows.Expected.TryGetValue(step.Key, out var median) ? median : definition.Expected,
            step.Attempts, rows.LastAttempts.TryGetValue(step.Id, out var attempt) ? attempt : null, step.Evidence, step.Error, inputs,
            [.. definition.Items.Select(item => Item(rows, step, item, Fill))],
            ApprovalViewBuilder.Build(rows, step, definition),
            [.. rows.Comments.Where(comment => comment.StepKey == step.Key).Select(comment => new CommentView(comment.Id, comment.By, comment.At, comment.Text, comment.IsQuestion, comment.Answers, comment.Mentions))],
            ReleaseProgress.IsOver(rows.Release.Status) ? [] : Choices(definition, status));
    }

    private static ChecklistItemView Item(ReleaseRows rows, StepRecord step, ChecklistItem item, Func<Template, string> fill)
    {
        var tick = rows.Ticks.FirstOrDefault(tick => tick.StepId == step.Id && tick.ItemId == item.Id);
        return new ChecklistItemView(item.Id, item.Text, item.Link is null ? null : fill(item.Link), [.. item.Diff.Select(fill)], tick?.By, tick?.At);
    }

    private static List<StepChoice> Choices(StepDefinition definition, StepStatus status)
    {
        var choices = new List<StepChoice>();
        var people = definition.Kind is StepKindDescription.Approval or StepKindDescription.Checklist;
        if (StepTransitions.Allows(status, StepEvent.Retry))
            choices.Add(StepChoice.Retry);
        if (status == StepStatus.Failed && definition.Inputs.Count > 0 && !people)
            choices.Add(StepChoice.FixAndResume);
        if (definition.Optional && status != StepStatus.Pending && StepTransitions.Allows(status, StepEvent.Skip))
            choices.Add(StepChoice.Skip);
        if (!people && StepTransitions.Allows(status, StepEvent.MarkDone))
            choices.Add(StepChoice.MarkDone);
        return choices;
    }
}
