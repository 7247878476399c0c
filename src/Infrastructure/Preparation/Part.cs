namespace ReleaseDashboard.Infrastructure.Preparation;

/// <summary>One part of a page: what was read, or why it could not be. A remote that is down blanks its part only.</summary>
/// <param name="Value">Null when there is an error.</param>
/// <param name="Error">One or two plain sentences, or null.</param>
public sealed record Part<T>(T? Value, string? Error)
    where T : class
{
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Value))]
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;

    public static implicit operator Part<T>(T value) => new(value, null);
}

/// <summary>Makes parts.</summary>
public static class Part
{
    public static Part<T> Of<T>(T value)
        where T : class => new(value, null);

    public static Part<T> Failed<T>(string error)
        where T : class => new(null, error);
}
