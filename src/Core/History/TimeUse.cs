namespace ReleaseDashboard.Core.History;

/// <summary>What a stretch of time went into.</summary>
public enum TimeUse
{
    /// <summary>A worker was busy.</summary>
    Running,

    /// <summary>A person had to tick, review, approve or decide.</summary>
    People,

    /// <summary>Checks, a workflow, or the pause before the next try.</summary>
    Outside,
}

/// <summary>What the kinds of steps spend their time on.</summary>
public static class TimeUses
{
    private static readonly HashSet<string> People = ["checklist", "approval", "github.review"];
    private static readonly HashSet<string> Outside = ["github.checks", "github.workflow"];

    public static TimeUse Of(string kind) =>
        People.Contains(kind) ? TimeUse.People : Outside.Contains(kind) ? TimeUse.Outside : TimeUse.Running;
}
