namespace ReleaseDashboard.Infrastructure.Processes;

public enum OrphanEnd
{
    /// <summary>Nothing of it was left.</summary>
    AlreadyGone,
    Ended,

    /// <summary>Still there after SIGKILL: stuck in the kernel, or owned by another user.</summary>
    StillThere,
}

/// <summary>Ends what a dead worker left running, after making sure that it is the same process and not a later one with its id.</summary>
public sealed class OrphanProcesses(TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan KillWait = TimeSpan.FromSeconds(5);

    public async Task<OrphanEnd> EndAsync(ProcessIdentity identity, TimeSpan grace, CancellationToken cancellation)
    {
        if (!IsThere(identity)) return OrphanEnd.AlreadyGone;
        Signals.SendToGroup(identity.Pid, Signals.Terminate);
        if (await GoneWithinAsync(identity, grace, cancellation)) return OrphanEnd.Ended;
        Signals.SendToGroup(identity.Pid, Signals.Kill);
        return await GoneWithinAsync(identity, KillWait, cancellation) ? OrphanEnd.Ended : OrphanEnd.StillThere;
    }

    /// <summary>True when the process, or a member of the group it led, still runs.</summary>
    public static bool IsThere(ProcessIdentity identity)
    {
        if (identity.BootId != ProcessIdentity.CurrentBootId()) return false;
        // The kernel gives an id out again only when no process, group or session bears it. So another start time
        // proves that the whole old group has ended.
        if (ProcessStat.Read(identity.Pid) is { } leader && leader.StartTicks != identity.StartTicks) return false;
        return ProcessStat.InSession(identity.Pid).Any(member => member.StartTicks >= identity.StartTicks)
            || (ProcessStat.Read(identity.Pid) is { } alone && alone.StartTicks == identity.StartTicks && alone.State is not ('Z' or 'X'));
    }

    private async Task<bool> GoneWithinAsync(ProcessIdentity identity, TimeSpan limit, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (IsThere(identity))
        {
            if (time.GetElapsedTime(start) >= limit) return false;
            // There is no event for the end of a process that is not a child of this one.
            await Task.Delay(Look, time, cancellation);
        }

        return true;
    }
}
