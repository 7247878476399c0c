namespace ReleaseDashboard.Sandbox.Faults;

/// <summary>What happens to a request that a rule matches.</summary>
public enum FaultKind
{
    /// <summary>Answered as always, but late.</summary>
    Latency,

    /// <summary>Not carried out; answered with a status, body and headers of the rule.</summary>
    Status,

    /// <summary>Carried out to the end, then the connection is cut instead of answering.</summary>
    LostAnswer,

    /// <summary>The connection is cut before anything is carried out.</summary>
    Drop,

    /// <summary>A read is answered as it was answered the last time before; one never read before is answered as it is.</summary>
    Stale,

    /// <summary>The answer is sent up to some byte of its body, then the connection is cut.</summary>
    CutAnswer,

    /// <summary>The request is read up to some byte of its body, then the connection is cut.</summary>
    CutRequest,
}

/// <summary>A fault and the requests it meets. Of several rules the first that still applies acts.</summary>
public sealed record FaultRule
{
    /// <summary>Name to remove the rule by; given when it is added.</summary>
    public string Id { get; init; } = "";

    public required FaultKind Kind { get; init; }

    /// <summary>HTTP method, or <c>*</c>.</summary>
    public string Method { get; init; } = "*";

    /// <summary>Registry whose port the request comes to: <c>preproduction</c> or <c>production</c>. None means every port.</summary>
    public string? Registry { get; init; }

    /// <summary>Path pattern: <c>*</c> within a segment, <c>**</c> across segments.</summary>
    public string Path { get; init; } = "/**";

    /// <summary>How many matching requests pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>How many requests are harmed after that; none means all.</summary>
    public int? Times { get; init; }

    /// <summary>Wait before anything else, in milliseconds; with any kind.</summary>
    public int DelayMilliseconds { get; init; }

    /// <summary>Bytes that pass with <see cref="FaultKind.CutAnswer"/> and <see cref="FaultKind.CutRequest"/>; a shorter body passes whole.</summary>
    public long Bytes { get; init; }

    /// <summary>Status code of <see cref="FaultKind.Status"/>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>Body of <see cref="FaultKind.Status"/>; sent as JSON unless the headers say otherwise.</summary>
    public string? Body { get; init; }

    /// <summary>Headers of <see cref="FaultKind.Status"/>, such as <c>retry-after</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <summary>A rule with what it has met so far.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Seen">Requests that matched.</param>
/// <param name="Applied">Requests that were harmed.</param>
public sealed record FaultState(FaultRule Rule, int Seen, int Applied);
