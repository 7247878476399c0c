using System.Diagnostics;
using System.Globalization;

namespace ReleaseDashboard.EndToEnd.Tests.Product;

/// <summary>Looks at processes of this machine through /proc.</summary>
internal static class ProcessTable
{
    /// <summary>Command line of each process whose working folder or arguments lie in a folder: what a product on it started.</summary>
    public static IReadOnlyDictionary<int, string> CommandLinesIn(string folder)
    {
        var found = new Dictionary<int, string>();
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var pid) || pid == Environment.ProcessId)
                continue;
            try
            {
                var line = File.ReadAllText(Path.Combine(entry, "cmdline")).Replace('\0', ' ');
                var cwd = new DirectoryInfo(Path.Combine(entry, "cwd")).LinkTarget ?? "";
                if (line.Contains(folder, StringComparison.Ordinal) || cwd.StartsWith(folder, StringComparison.Ordinal))
                    found[pid] = line;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended while it was looked at.
            }
        }
        return found;
    }

    public static IReadOnlyList<Process> WorkingIn(string folder)
    {
        var found = new List<Process>();
        foreach (var pid in CommandLinesIn(folder).Keys)
        {
            try
            {
                found.Add(Process.GetProcessById(pid));
            }
            catch (ArgumentException)
            {
                // It has ended.
            }
        }
        return found;
    }
}
