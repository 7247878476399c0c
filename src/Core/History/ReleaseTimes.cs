namespace ReleaseDashboard.Core.History;

/// <summary>How a stage went.</summary>
/// <param name="StartedAt">When its first step began.</param>
/// <param name="FinishedAt">When its last step ended.</param>
/// <param name="People">Of it, how long it waited for people.</param>
public sealed record StageTime(string Stage, string Title, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, TimeSpan People)
{
    public TimeSpan Took => FinishedAt - StartedAt;
}

/// <summary>How often a step failed.</summary>
/// <param name="Failures">Failed tries.</param>
/// <param name="Retries">Of them, those that passed on retry, without a person.</param>
public sealed record StepTrouble(string Step, string Title, int Failures, int Retries)
{
    public int NeededPerson => Failures - Retries;
}

/// <summary>What the times of a release come down to.</summary>
/// <param name="Lead">From start to end.</param>
/// <param name="People">Of it, waiting for people; overlapping waits count once.</param>
/// <param name="Outside">Of it, waiting for checks, workflows and pauses; overlapping waits count once.</param>
/// <param name="Failures">Failed attempts.</param>
/// <param name="Retries">Of them, those that passed on retry, without a person.</param>
/// <param name="Stages">Those that began, in order.</param>
/// <param name="Troubles">The steps that failed.</param>
public sealed record ReleaseTimes(
    TimeSpan Lead, TimeSpan People, TimeSpan Outside, int Failures, int Retries, IReadOnlyList<StageTime> Stages, IReadOnlyList<StepTrouble> Troubles)
{
    /// <param name="steps">Every step of the release in the playbook's order.</param>
    public static ReleaseTimes Of(DateTimeOffset startedAt, DateTimeOffset finishedAt, IReadOnlyList<StepTime> steps)
    {
        var segments = steps.Select(step => (Step: step, Of: TimeSegment.Of(step, finishedAt))).ToList();
        var troubles = steps.Where(step => step.Failures > 0).Select(step => new StepTrouble(step.Key, step.Title, step.Failures, step.Retries)).ToList();
        return new ReleaseTimes(
            finishedAt - startedAt,
            Sum(segments.SelectMany(own => own.Of), TimeUse.People),
            Sum(segments.SelectMany(own => own.Of), TimeUse.Outside),
            troubles.Sum(trouble => trouble.Failures),
            troubles.Sum(trouble => trouble.Retries),
            [.. segments.Where(own => own.Step.StartedAt is not null).GroupBy(own => own.Step.Stage).Select(stage => new StageTime(
                stage.Key,
                stage.First().Step.StageTitle,
                stage.Min(own => own.Step.StartedAt!.Value),
                stage.Max(own => own.Step.FinishedAt ?? finishedAt),
                Sum(stage.SelectMany(own => own.Of), TimeUse.People)))],
            troubles);
    }

    private static TimeSpan Sum(IEnumerable<TimeSegment> segments, TimeUse use)
    {
        var (sum, end) = (TimeSpan.Zero, DateTimeOffset.MinValue);
        foreach (var segment in segments.Where(segment => segment.Use == use).OrderBy(segment => segment.From))
        {
            var from = segment.From > end ? segment.From : end;
            if (segment.To <= from)
                continue;
            sum += segment.To - from;
            end = segment.To;
        }
        return sum;
    }
}
