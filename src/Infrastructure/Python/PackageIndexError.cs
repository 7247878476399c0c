namespace ReleaseDashboard.Infrastructure.Python;

public enum PackageIndexFailure
{
    Unreachable,
    Refused,
    Malformed,
    HashMismatch,
}

/// <summary>Why a question to an index failed. That something is absent is an answer, not a failure.</summary>
public sealed record PackageIndexError(PackageIndexFailure Kind, int? Status, string Message)
{
    public override string ToString() => $"{Kind}{(Status is { } status ? $" ({status})" : "")}: {Message}";
}
