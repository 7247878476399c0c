using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Takes secrets out of what an attempt leaves behind beside its log: evidence, error and reason.</summary>
internal static class OutcomeMask
{
    public static StepOutcome Apply(StepOutcome outcome, Func<string, string> hide) => outcome with
    {
        Reason = outcome.Reason is null ? null : hide(outcome.Reason),
        Error = outcome.Error is { } error
            ? new StepError(error.Code, hide(error.What), hide(error.Why), hide(error.WhatToDo), [.. error.Lines.Select(hide)])
            : null,
        Evidence = outcome.Evidence is { } evidence
            ? new Evidence([.. evidence.Items.Select(item => item with { Value = hide(item.Value), Url = item.Url is null ? null : hide(item.Url), Instead = item.Instead is null ? null : hide(item.Instead) })])
            : null,
    };
}
