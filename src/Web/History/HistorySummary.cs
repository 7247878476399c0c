using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Web.History;

/// <summary>Releases that are over, in numbers.</summary>
/// <param name="MedianLead">From start to publication; null when none was published.</param>
/// <param name="Smooth">How many had no failed attempt.</param>
/// <param name="LongestStage">The stage that took most of the time of all together.</param>
/// <param name="LongestShare">Its part, in percent.</param>
public sealed record HistorySummary(
    int All, int Published, int Aborted, TimeSpan? MedianLead, int Smooth, int FailedAttempts, string? LongestStage, int? LongestShare)
{
    public static HistorySummary Of(IReadOnlyList<ReleaseSummary> releases)
    {
        var leads = releases.Where(release => release.Status == ReleaseStatus.Published)
            .Select(release => release.FinishedAt!.Value - release.StartedAt).Order().ToList();
        var stages = releases.SelectMany(release => release.Stages)
            .GroupBy(stage => stage.Title, stage => stage.Elapsed.TotalSeconds)
            .Select(own => (Title: own.Key, Seconds: own.Sum())).OrderByDescending(own => own.Seconds).ToList();
        var total = stages.Sum(stage => stage.Seconds);
        return new HistorySummary(
            releases.Count,
            leads.Count,
            releases.Count(release => release.Status == ReleaseStatus.Aborted),
            leads.Count == 0 ? null : leads[leads.Count / 2],
            releases.Count(release => release.FailedAttempts == 0),
            releases.Sum(release => release.FailedAttempts),
            total > 0 ? stages[0].Title : null,
            total > 0 ? (int)Math.Round(stages[0].Seconds / total * 100) : null);
    }
}
