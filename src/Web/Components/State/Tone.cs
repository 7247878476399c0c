namespace ReleaseDashboard.Web.Components.State;

/// <summary>The colour families of the design tokens.</summary>
public enum Tone
{
    Skip, Done, Run, Wait, Fail, You, Accent,
}

public static class Tones
{
    /// <summary>The token and class name: "done" for var(--done).</summary>
    public static string Css(this Tone tone) => tone switch
    {
        Tone.Skip => "skip",
        Tone.Done => "done",
        Tone.Run => "run",
        Tone.Wait => "wait",
        Tone.Fail => "fail",
        Tone.You => "you",
        Tone.Accent => "accent",
        _ => throw new ArgumentOutOfRangeException(nameof(tone), tone, null),
    };
}
