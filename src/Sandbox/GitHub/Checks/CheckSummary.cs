using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Checks;

/// <summary>The checks of a commit together.</summary>
internal static class CheckSummary
{
    /// <summary>The last run of each name; jobs of different workflows may share one.</summary>
    public static IEnumerable<CheckRun> Latest(RepositoryState state, string sha) =>
        state.CheckRuns.Where(run => run.Sha == sha).GroupBy(run => (run.Name, run.Workflow)).Select(runs => runs.Last());

    /// <summary>The last run of each name in a suite.</summary>
    public static IEnumerable<CheckRun> OfSuite(RepositoryState state, int suite) =>
        state.CheckRuns.Where(run => run.Suite == suite).GroupBy(run => run.Name).Select(runs => runs.Last());

    public static bool AllGreen(RepositoryState state, string sha) =>
        Latest(state, sha).All(run => run.Conclusion is "success" or "neutral" or "skipped")
        && state.Statuses.Where(status => status.Sha == sha).GroupBy(status => status.Context).All(all => all.Last().State == "success");
}
