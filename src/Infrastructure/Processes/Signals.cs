using System.Runtime.InteropServices;

namespace ReleaseDashboard.Infrastructure.Processes;

/// <summary>kill(2), to whole process groups.</summary>
internal static class Signals
{
    public const int Terminate = 15;
    public const int Kill = 9;

    /// <summary>Signals the group led by a process; true when anyone was there to receive it.</summary>
    public static bool SendToGroup(int pid, int signal)
    {
        // kill(-1) and kill(0) would reach far more than one group.
        ArgumentOutOfRangeException.ThrowIfLessThan(pid, 2);
        if (KillNative(-pid, signal) == 0) return true;
        // Just started: the launcher has not made its group yet, so the process is still alone.
        return ProcessStat.Read(pid) is { } stat && stat.Group != pid && KillNative(pid, signal) == 0;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int KillNative(int pid, int signal);
}
