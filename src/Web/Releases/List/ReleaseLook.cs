using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Components.Stages;
using ReleaseDashboard.Web.Components.State;
using StageView = ReleaseDashboard.Web.Components.Stages.StageView;

namespace ReleaseDashboard.Web.Releases.List;

/// <summary>How releases look in lists: the one place that gives a status its shape, colour and word.</summary>
public static class ReleaseLook
{
    public static GlyphState Glyph(ReleaseStatus status) => status switch
    {
        ReleaseStatus.Running => GlyphState.Running,
        ReleaseStatus.WaitingOutside => GlyphState.Waiting,
        ReleaseStatus.NeedsPerson => GlyphState.You,
        ReleaseStatus.Failed => GlyphState.Failed,
        ReleaseStatus.Published => GlyphState.Done,
        ReleaseStatus.Aborted => GlyphState.Aborted,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static string Word(ReleaseStatus status) => status switch
    {
        ReleaseStatus.Running => "Running",
        ReleaseStatus.WaitingOutside => "Waiting",
        ReleaseStatus.NeedsPerson => "Needs a person",
        ReleaseStatus.Failed => "Stopped",
        ReleaseStatus.Published => "Published",
        ReleaseStatus.Aborted => "Aborted",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>The status with what a reader asks next: why it was aborted, how often something failed.</summary>
    public static string Outcome(ReleaseSummary release) =>
        Word(release.Status)
        + (release.AbortReason is { } reason ? $", {reason}" : "")
        + (release.FailedAttempts switch { 0 => "", 1 => ", 1 failed attempt", var count => $", {count} failed attempts" });

    public static string People(ReleaseSummary release) =>
        release.StartedBy + (release.ApprovedBy.Count == 0 ? ", not approved" : $", approved by {string.Join(" and ", release.ApprovedBy)}");

    public static IReadOnlyList<StageView> Track(ReleaseSummary release) =>
        [.. release.Stages.Select(stage => new StageView(stage.Title, Glyph(stage), (double)stage.Settled / Math.Max(1, stage.Total), Note(stage)))];

    public static IReadOnlyList<LeadPart> Lead(ReleaseSummary release) =>
        [.. release.Stages.Where(stage => stage.Elapsed > TimeSpan.Zero).Select(stage => new LeadPart(stage.Title, stage.Elapsed))];

    /// <summary>From start to end; of a release under way, until now.</summary>
    public static TimeSpan Took(ReleaseSummary release, DateTimeOffset now) => (release.FinishedAt ?? now) - release.StartedAt;

    /// <summary>What the full width of their bars stands for.</summary>
    public static TimeSpan Scale(IEnumerable<ReleaseSummary> releases) =>
        releases.Select(release => release.Stages.Aggregate(TimeSpan.Zero, (sum, stage) => sum + stage.Elapsed)).DefaultIfEmpty(TimeSpan.FromMinutes(1)).Max();

    private static GlyphState Glyph(StageProgress stage) =>
        stage.Failed ? GlyphState.Failed
        : stage.NeedsPerson ? GlyphState.You
        : stage.Settled == stage.Total ? GlyphState.Done
        : stage.Running || stage.Settled > 0 ? GlyphState.Running
        : GlyphState.Todo;

    private static string Note(StageProgress stage) => stage.Settled == 0 || stage.Settled == stage.Total
        ? (stage.Total == 1 ? "1 step" : $"{stage.Total} steps")
        : $"step {stage.Settled + 1} of {stage.Total}";
}
