using System.Text;
using ReleaseDashboard.Core.Diffs;

namespace ReleaseDashboard.Infrastructure.Steps.Workspaces;

/// <summary>A diff as text that people and tools know.</summary>
internal static class UnifiedDiff
{
    /// <summary>Empty when nothing differs.</summary>
    public static string Of(string path, string before, string after)
    {
        var hunks = LineDiff.Between(before, after).Hunks();
        if (hunks.Count == 0)
            return "";
        var text = new StringBuilder($"--- a/{path}\n+++ b/{path}\n");
        foreach (var hunk in hunks)
        {
            text.Append(hunk.Header).Append('\n');
            foreach (var line in hunk.Lines)
                text.Append(line.Change switch { LineChange.Added => '+', LineChange.Removed => '-', _ => ' ' }).Append(line.Text).Append('\n');
        }
        return text.ToString();
    }
}
