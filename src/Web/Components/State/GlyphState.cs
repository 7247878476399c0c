namespace ReleaseDashboard.Web.Components.State;

/// <summary>The states a glyph can show; each has its own shape, so that colour alone never carries the meaning.</summary>
public enum GlyphState
{
    Done, Running, You, Waiting, Failed, Skipped, Todo, Reconcile, Aborted, Warning, Here,
}

public static class GlyphStates
{
    /// <summary>The word a screen reader says for the glyph.</summary>
    public static string Word(this GlyphState state) => state switch
    {
        GlyphState.Done => "done",
        GlyphState.Running => "running",
        GlyphState.You => "needs a person",
        GlyphState.Waiting => "waiting",
        GlyphState.Failed => "failed",
        GlyphState.Skipped => "skipped",
        GlyphState.Todo => "not started",
        GlyphState.Reconcile => "needs reconciliation",
        GlyphState.Aborted => "aborted",
        GlyphState.Warning => "to look at",
        GlyphState.Here => "current",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static Tone Tone(this GlyphState state) => state switch
    {
        GlyphState.Done => State.Tone.Done,
        GlyphState.Running => State.Tone.Run,
        GlyphState.You => State.Tone.You,
        GlyphState.Waiting or GlyphState.Warning or GlyphState.Reconcile => State.Tone.Wait,
        GlyphState.Failed => State.Tone.Fail,
        GlyphState.Here => State.Tone.Accent,
        GlyphState.Skipped or GlyphState.Todo or GlyphState.Aborted => State.Tone.Skip,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
