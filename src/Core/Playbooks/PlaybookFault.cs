namespace ReleaseDashboard.Core.Playbooks;

/// <summary>A place in a file. Line and column count from 1.</summary>
public sealed record SourcePosition(string File, int Line, int Column)
{
    /// <summary>The form editors and terminals turn into a link: <c>wrapper.yml:12:5</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}";
}

/// <summary>Something wrong in a playbook file, and where.</summary>
public sealed record PlaybookFault(PlaybookFaultCode Code, string Message, SourcePosition At)
{
    public override string ToString() => $"{At}: {Message}";
}

/// <summary>What is wrong, for programs; the message is for people.</summary>
public enum PlaybookFaultCode
{
    Syntax,
    WrongType,
    MissingKey,
    UnknownKey,
    DuplicateKey,
    BadId,
    DuplicateId,
    BadValue,
    UnknownKind,
    MissingInput,
    UnknownInput,
    UnknownNeed,
    Cycle,
    UnknownVariable,
    BadCondition,
    UnsafeRetry,
    OutputNotReady,
}

/// <summary>A playbook, or every fault that was found, in file order. Exactly one of the two is there.</summary>
public sealed record PlaybookReading(Playbook? Playbook, IReadOnlyList<PlaybookFault> Faults);
