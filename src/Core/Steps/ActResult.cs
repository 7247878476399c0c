namespace ReleaseDashboard.Core.Steps;

/// <summary>What came of acting. The engine then observes again, whatever this says.</summary>
public abstract record ActResult
{
    private ActResult() { }

    /// <summary>The act was carried out. <paramref name="Evidence"/> is what can only be known while acting.</summary>
    public sealed record Acted(Evidence Evidence) : ActResult
    {
        public Acted() : this(Evidence.None) { }
    }

    /// <summary>The act was refused or failed, and nothing of it took effect.</summary>
    public sealed record Failed(StepError Error) : ActResult;

    /// <summary>The answer was lost: it may or may not have taken effect. Only observing tells.</summary>
    public sealed record AnswerLost(StepError Error) : ActResult;
}
