using System.Diagnostics;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>
/// The boundaries at which a worker may die. Fault tests name one as <c>STEP:POINT</c>; the process then ends as by
/// kill -9, with no chance to clean up. Only the sandbox honours the setting.
/// </summary>
public sealed class CrashPoint(WorkerOptions options)
{
    public const string BeforeIntent = "before-intent";
    public const string AfterIntent = "after-intent";
    public const string AfterAct = "after-act";
    public const string AfterVerify = "after-verify";
    public const string AfterCommit = "after-commit";

    public static IReadOnlyList<string> All { get; } = [BeforeIntent, AfterIntent, AfterAct, AfterVerify, AfterCommit];

    public void Reach(string step, string point)
    {
        if (options.CrashAt is not { } at || at != $"{step}:{point}")
            return;
        Process.GetCurrentProcess().Kill();
        // The signal may take a moment; nothing more of this attempt may run meanwhile.
        Thread.Sleep(Timeout.InfiniteTimeSpan);
    }
}
