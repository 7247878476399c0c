namespace ReleaseDashboard.Infrastructure.Releases;

/// <summary>Why an action was refused. The API turns it into a status code.</summary>
public enum Refusal
{
    /// <summary>No such release, step or item.</summary>
    NotFound,

    /// <summary>The person may not do this.</summary>
    NotAllowed,

    /// <summary>The step or release has moved on, or somebody else was first.</summary>
    Conflict,

    /// <summary>What was given is not usable.</summary>
    Invalid,

    /// <summary>The person may, but has to prove again who they are; then the same action goes through.</summary>
    ConfirmationNeeded,
}

/// <summary>What came of an action of a person.</summary>
public sealed record ActionResult
{
    private ActionResult() { }

    public static ActionResult Done { get; } = new();

    public Refusal? Refusal { get; private init; }

    /// <summary>What happened, why, and what to do: one or two plain sentences. Empty when it was done.</summary>
    public string Message { get; private init; } = "";

    public bool IsDone => Refusal is null;

    public static ActionResult Refused(Refusal refusal, string message) => new() { Refusal = refusal, Message = message };
}
