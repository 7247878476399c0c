using System.Text.Json.Serialization;
using ReleaseDashboard.Core.Diffs;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Preparation.Plans;

/// <summary>Everything a release would do, before anything runs.</summary>
/// <param name="BaseCommit">Head of the development branch: 40 hex digits.</param>
/// <param name="LastVersion">The version released before, or null for the first.</param>
/// <param name="Digest">SHA-256 over the plan without durations, lower-case hex: what the starter saw.</param>
public sealed record PlannedRelease(
    Project Project,
    string Version,
    string Playbook,
    string PlaybookTitle,
    int PlaybookRevision,
    string BaseCommit,
    string? LastVersion,
    IReadOnlyList<PlannedStage> Stages,
    PlanTotals Totals,
    string Digest)
{
    /// <summary>All steps in order, left-out ones too.</summary>
    public IEnumerable<PlannedStep> Steps => Stages.SelectMany(stage => stage.Steps);
}

/// <param name="Expected">Machine time of the included steps, as far as it is known.</param>
public sealed record PlannedStage(string Id, string Title, IReadOnlyList<PlannedStep> Steps, TimeSpan Expected);

/// <summary>One step as it would run.</summary>
/// <param name="Number">From 1; 0 for a step that is left out.</param>
/// <param name="Instructions">Markdown, references replaced.</param>
/// <param name="Included">Whether it is part of this release.</param>
/// <param name="WhyLeftOut">The condition that is not met, or null.</param>
/// <param name="Expected">How long it usually takes; null when nobody knows or a person decides.</param>
/// <param name="Environment">Names with masked values.</param>
/// <param name="Error">Why the commands could not be told, or null.</param>
/// <param name="Approval">Who must approve, or null.</param>
/// <param name="Items">What is ticked; empty on other kinds.</param>
public sealed record PlannedStep(
    int Number,
    string Id,
    string Title,
    string Kind,
    StepEffect Effect,
    bool Permanent,
    bool Optional,
    bool Included,
    string? WhyLeftOut,
    TimeSpan? Expected,
    string Instructions,
    IReadOnlyList<PlanLine> Lines,
    IReadOnlyList<PlannedFile> Files,
    IReadOnlyList<string> Environment,
    string? Note,
    string? Error,
    ApprovalRule? Approval,
    IReadOnlyList<string> Items);

/// <summary>A file as it is and as it will be.</summary>
public sealed record PlannedFile(string Path, string Before, string After)
{
    [JsonIgnore]
    public LineDiff Diff => LineDiff.Between(Before, After);
}

/// <summary>The plan in numbers. Only included steps count.</summary>
/// <param name="Reads">Steps that only look.</param>
/// <param name="Local">Steps that write on the worker.</param>
/// <param name="Outside">Steps that write where others see it.</param>
/// <param name="People">Steps that wait for a person.</param>
/// <param name="Permanent">Steps that cannot be undone.</param>
/// <param name="Approvals">Decisions that are needed.</param>
/// <param name="MachineTime">Expected time without people.</param>
/// <param name="Publications">What others will see: package, tag, release; one short text each.</param>
public sealed record PlanTotals(
    int Steps, int Reads, int Local, int Outside, int People, int Permanent, int Approvals, TimeSpan MachineTime, IReadOnlyList<string> Publications);

/// <summary>Why there is no plan.</summary>
/// <param name="What">One sentence.</param>
/// <param name="Details">The faults of a playbook, or the lines that say why.</param>
/// <param name="WhatToDo">The way on.</param>
public sealed record PlanFault(string What, IReadOnlyList<string> Details, string WhatToDo);
