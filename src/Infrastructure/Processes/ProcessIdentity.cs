using System.Globalization;

namespace ReleaseDashboard.Infrastructure.Processes;

/// <summary>Names one process for ever: process ids are reused, start times within one boot are not.</summary>
/// <param name="Pid">Process id; also its process group and session.</param>
/// <param name="StartTicks">Start time in clock ticks since boot (field 22 of /proc/PID/stat).</param>
/// <param name="BootId">The kernel's random id of this boot.</param>
public sealed record ProcessIdentity(int Pid, long StartTicks, string BootId)
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    public static string CurrentBootId() => File.ReadAllText(BootIdFile).Trim();

    /// <summary>Null when there is no such process.</summary>
    public static ProcessIdentity? Of(int pid) =>
        ProcessStat.Read(pid) is { } stat ? new ProcessIdentity(pid, stat.StartTicks, CurrentBootId()) : null;
}

/// <summary>The few fields of /proc/PID/stat used here.</summary>
internal sealed record ProcessStat(int Pid, char State, int Group, int Session, long StartTicks)
{
    public static ProcessStat? Read(int pid)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null; // ended between two looks
        }

        // The name in brackets may hold spaces and brackets itself, so fields count from the last bracket.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessStat(pid, fields[0][0], int.Parse(fields[2]), int.Parse(fields[3]), long.Parse(fields[19]));
    }

    /// <summary>Living members of a session; zombies have ended already.</summary>
    public static IEnumerable<ProcessStat> InSession(int session) =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _))
            .Select(name => Read(int.Parse(name!)))
            .OfType<ProcessStat>()
            .Where(stat => stat.Session == session && stat.State is not ('Z' or 'X'));
}
