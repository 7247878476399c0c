namespace ReleaseDashboard.Infrastructure.Containers.Registry;

public enum RegistryFailure
{
    /// <summary>The registry said no: nothing was changed.</summary>
    Refused,

    /// <summary>It has no such repository, manifest, blob or upload.</summary>
    NotFound,

    /// <summary>User or password are wrong, or none are stored and some are needed.</summary>
    AuthenticationFailed,

    /// <summary>It knows who asks and does not let them.</summary>
    Denied,

    RateLimit,

    /// <summary>No connection: the request was never sent.</summary>
    Unreachable,

    /// <summary>The request was sent and no usable answer came: a write may or may not have taken effect, so look before anything else.</summary>
    AnswerLost,

    /// <summary>An answer that this client does not understand or will not follow.</summary>
    Malformed,

    /// <summary>The bytes are not those that the digest names.</summary>
    WrongDigest,
}

/// <summary>One entry of the <c>errors</c> list of an answer: <c>MANIFEST_UNKNOWN</c>, <c>manifest unknown</c>.</summary>
public sealed record RegistryErrorDetail(string Code, string Message);

/// <summary>Why a call failed.</summary>
/// <param name="Status">HTTP status; null without an answer.</param>
/// <param name="Message">What happened, in a sentence.</param>
/// <param name="Errors">The registry's own words; empty when it had none.</param>
/// <param name="RetryAfter">How long to wait before the next call, when the registry says so.</param>
public sealed record RegistryError(
    RegistryFailure Kind, int? Status, string Message, IReadOnlyList<RegistryErrorDetail> Errors, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether asking again later may help.</summary>
    public bool IsPassing => Kind is RegistryFailure.RateLimit or RegistryFailure.Unreachable or RegistryFailure.AnswerLost;

    /// <summary>Whether the registry gave this code: <c>BLOB_UPLOAD_UNKNOWN</c>.</summary>
    public bool Has(string code) => Errors.Any(error => error.Code == code);

    /// <summary>The message and the registry's own words.</summary>
    public override string ToString() =>
        Errors.Count == 0 ? Message : $"{Message} The registry says: {string.Join("; ", Errors.Select(error => error.Message.Length == 0 ? error.Code : $"{error.Message} ({error.Code})"))}.";

    internal static RegistryError Of(RegistryFailure kind, string message) => new(kind, null, message, []);
}

/// <summary>A <see cref="RegistryError"/> in the middle of a stream, where there is no other way to tell of it.</summary>
public sealed class RegistryStreamException(RegistryError error) : IOException(error.ToString())
{
    public RegistryError Error { get; } = error;
}
