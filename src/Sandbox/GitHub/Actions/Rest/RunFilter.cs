using System.Globalization;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Rest;

/// <summary>Which runs a list is asked for.</summary>
internal static class RunFilter
{
    public static List<WorkflowRun> Apply(Call call, IEnumerable<WorkflowRun> runs) =>
    [
        .. runs.Where(run => Same(call, "actor", run.Actor))
            .Where(run => Same(call, "branch", run.HeadBranch))
            .Where(run => Same(call, "event", run.Event))
            .Where(run => Same(call, "head_sha", run.HeadSha))
            .Where(run => Same(call, "check_suite_id", run.Suite.ToString(CultureInfo.InvariantCulture)))
            .Where(run => Same(call, "status", run.Status) || Same(call, "status", run.Conclusion))
            .Where(run => call.Query("created") is not { } created || Within(created, run.CreatedAt))
            .OrderByDescending(run => run.Id),
    ];

    private static bool Same(Call call, string query, string? value) => call.Query(query) is not { } wanted || wanted == value;

    // As in GitHub's search: a day or moment with a comparison, or two of them as FROM..TO, "*" being open.
    private static bool Within(string range, DateTimeOffset moment)
    {
        if (range.Split("..") is [var from, var to])
            return (from == "*" || moment >= Start(from)) && (to == "*" || moment <= End(to));
        return range switch
        {
            ['>', '=', .. var at] => moment >= Start(at),
            ['<', '=', .. var at] => moment <= End(at),
            ['>', .. var at] => moment > End(at),
            ['<', .. var at] => moment < Start(at),
            _ => moment >= Start(range) && moment <= End(range),
        };
    }

    private static DateTimeOffset Start(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.MinValue;

    // A day or second means all of it.
    private static DateTimeOffset End(string text) => Start(text) is var at && at == DateTimeOffset.MinValue ? DateTimeOffset.MaxValue
        : text.Length <= 10 ? at.AddDays(1).AddTicks(-1) : text.Contains('.', StringComparison.Ordinal) ? at : at.AddSeconds(1).AddTicks(-1);
}
