using System.Text.RegularExpressions;
using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Releases.Steps;

/// <summary>The colour for what a check says; remotes have many words for the same.</summary>
public static partial class CheckLooks
{
    private static readonly string[] Bad = ["fail", "error", "cancel", "timed out", "timed_out", "red", "different", "action_required"];
    private static readonly string[] Open = ["pending", "queued", "running", "in progress", "in_progress", "waiting", "expected", "requested"];
    private static readonly string[] Good = ["success", "passed", "same", "ok", "green", "done", "ticked", "approved", "yes", "true"];

    public static Tone Of(string value)
    {
        // "1 of 2 passed" is no success.
        if (Count().Match(value) is { Success: true } count)
            return count.Groups["some"].Value == count.Groups["all"].Value ? Tone.Done : Tone.Fail;
        bool Says(string[] words) => Array.Exists(words, word => value.Contains(word, StringComparison.OrdinalIgnoreCase));
        return Says(Bad) ? Tone.Fail : Says(Open) ? Tone.Run : Says(Good) ? Tone.Done : Tone.Skip;
    }

    [GeneratedRegex("^(?<some>[0-9]+) of (?<all>[0-9]+) passed", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Count();
}
