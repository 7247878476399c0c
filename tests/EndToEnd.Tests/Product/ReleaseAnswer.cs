namespace ReleaseDashboard.EndToEnd.Tests.Product;

/// <summary>A release as the API answers, as far as the tests read it.</summary>
internal sealed record ReleaseAnswer(Guid Id, string Version, string Status, string StartedBy, string? AbortReason, string BaseCommit, IReadOnlyList<StageAnswer> Stages)
{
    public IEnumerable<StepAnswer> Steps => Stages.SelectMany(stage => stage.Steps);

    public StepAnswer this[string key] => Steps.Single(step => step.Key == key);

    /// <summary>For messages of failing tests.</summary>
    public override string ToString() => $"{Version} {Status}\n" + string.Join('\n', Steps.Select(step => $"  {step}"));
}

internal sealed record StageAnswer(string Id, IReadOnlyList<StepAnswer> Steps);

internal sealed record StepAnswer(
    string Key, string Status, string? Reason, int Attempts, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    EvidenceAnswer? Evidence, ErrorAnswer? Error, ApprovalAnswer? Approval, IReadOnlyList<TickAnswer> Items, IReadOnlyList<string> Choices)
{
    public string? this[string evidence] => Evidence?.Items.FirstOrDefault(item => item.Name == evidence)?.Value;

    public override string ToString() => $"{Key}: {Status} {Reason} {Error?.Code} {Error?.What} {Error?.Why} {string.Join(" | ", Error?.Lines ?? [])}";
}

internal sealed record EvidenceAnswer(IReadOnlyList<ItemAnswer> Items);

internal sealed record ItemAnswer(string Name, string Value);

internal sealed record TickAnswer(string Id, string? TickedBy);

internal sealed record ErrorAnswer(string Code, string What, string Why, string WhatToDo, IReadOnlyList<string> Lines)
{
    public string Words => $"{What} {Why} {WhatToDo} {string.Join(' ', Lines)}";
}

internal sealed record ApprovalAnswer(string EvidenceDigest, int Missing);

/// <summary>A refusal: problem details.</summary>
internal sealed record ProblemAnswer(int Status, string Detail);
