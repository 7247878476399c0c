using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Preparation.Plans;

/// <summary>Says everything that a release would do, step by step, without doing any of it.</summary>
public sealed class ReleasePlans(LedgerStore ledger, PlaybookLibrary playbooks, ReleasePreparation preparation, MirrorCheckouts checkouts, StepPlanner planner)
{
    /// <param name="version">A release title, <c>X.Y.Z</c> or <c>X.Y.ZbI</c>.</param>
    /// <param name="playbook">Name of a playbook in the library.</param>
    /// <param name="startedBy">Sign-in name of who would start it.</param>
    public async Task<Result<PlannedRelease, PlanFault>> BuildAsync(
        Guid projectId, string version, string playbook, string startedBy, CancellationToken cancellationToken)
    {
        if (!ReleaseTitle.TryParse(version, out var title, out var reason))
            return new PlanFault($"'{version}' cannot be released.", [reason], "Choose another version.");
        await using var db = ledger.Read();
        if (await db.Projects.FirstOrDefaultAsync(record => record.Id == projectId, cancellationToken) is not { } record)
            return new PlanFault("There is no such project.", [], "Choose a project.");
        var project = record.ToProject();
        var reading = await playbooks.ReadAsync(playbook, cancellationToken);
        if (reading.Reading.Playbook is not { } steps)
            return new PlanFault($"Playbook {playbook} cannot be used.", [.. reading.Reading.Faults.Select(fault => fault.ToString())], "Repair the playbook, or choose another one.");
        var prepared = await preparation.ResolveAsync(project, cancellationToken);
        if (!prepared.IsOk)
            return Fault(prepared.Error);
        var commit = CommitSha.Parse(prepared.Value.BaseCommit);
        var mirror = await preparation.OpenWithAsync(project, commit, cancellationToken);
        if (!mirror.IsOk)
            return Fault(mirror.Error);
        var opened = await checkouts.OpenAsync(mirror.Value, commit, cancellationToken);
        if (!opened.IsOk)
            return Fault(opened.Error);
        await using var checkout = opened.Value;
        var log = await mirror.Value.Repository.LogAsync(commit, null, 1, cancellationToken);
        if (!log.IsOk)
            return Fault(RemoteErrors.Of(log.Error, cancellationToken));
        // The base commit's own date in place of "now": the same plan must give the same digest a minute later.
        var facts = new ReleaseFacts(
            Guid.Empty, title.ToPythonVersion(), startedBy, log.Value[0].CommitDate, prepared.Value.BaseCommit, prepared.Value.LastVersion, project);
        var durations = await Durations.MedianAsync(db, projectId, cancellationToken);
        return await BuildAsync(facts, steps, checkout.Path, durations, cancellationToken);
    }

    private async Task<PlannedRelease> BuildAsync(
        ReleaseFacts facts, Playbook playbook, string checkout, IReadOnlyDictionary<string, TimeSpan> durations, CancellationToken cancellationToken)
    {
        var known = new PlanPlaceholders(facts);
        var number = 0;
        var asked = playbook.Stages.Select(stage => (stage, Steps: stage.Steps.Select(step => planner.PlanAsync(
            facts, step, step.When?.Evaluate(known.Known) ?? true ? ++number : 0, checkout, durations.TryGetValue(step.Id, out var took) ? took : null, cancellationToken)).ToList())).ToList();
        var stages = new List<PlannedStage>();
        foreach (var (stage, steps) in asked)
        {
            var planned = await Task.WhenAll(steps);
            var expected = planned.Where(step => step.Included).Aggregate(TimeSpan.Zero, (sum, step) => sum + (step.Expected ?? TimeSpan.Zero));
            stages.Add(new PlannedStage(stage.Id, stage.Title, planned, expected));
        }
        var plan = new PlannedRelease(
            facts.Project, facts.Version.ToString(), playbook.Name, playbook.Title, playbook.Revision, facts.BaseCommit, facts.LastVersion, stages,
            PlanSummary.Of(facts, stages), Digest: "");
        return plan with { Digest = PlanDigest.Of(plan) };
    }

    private static PlanFault Fault(StepError error) => new(error.What, [error.Why, .. error.Lines.Where(line => line != error.Why)], error.WhatToDo);
}
