using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ReleaseDashboard.Core.Audit;

/// <summary>One line of the audit trail: who did what, when, on what, with what before and after.</summary>
/// <param name="Sequence">1, 2, 3 … without a gap.</param>
/// <param name="At">When, to the millisecond, UTC.</param>
/// <param name="ActorKind">person, token, worker or system.</param>
/// <param name="ActorName">Who.</param>
/// <param name="Action">Dotted verb, e.g. <c>release.start</c>, <c>step.succeed</c>.</param>
/// <param name="ProjectId">The project concerned, or null.</param>
/// <param name="ReleaseId">The release concerned, or null.</param>
/// <param name="Subject">On what: a step key, a secret's name, a user.</param>
/// <param name="Before">State before, as JSON, or null.</param>
/// <param name="After">State after with the evidence, as JSON, or null.</param>
public sealed record AuditEntry(
    long Sequence,
    DateTimeOffset At,
    string ActorKind,
    string ActorName,
    string Action,
    Guid? ProjectId,
    Guid? ReleaseId,
    string Subject,
    string? Before,
    string? After)
{
    /// <summary>The hash before the first entry.</summary>
    public static string Genesis { get; } = new('0', 64);

    /// <summary>
    /// SHA-256, lower-case hex, over the previous entry's hash and every field of this one, as a JSON array: a field
    /// cannot leak into its neighbour, and null differs from empty.
    /// </summary>
    public string HashAfter(string previousHash)
    {
        string?[] fields =
        [
            previousHash,
            Sequence.ToString(CultureInfo.InvariantCulture),
            At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            ActorKind,
            ActorName,
            Action,
            ProjectId?.ToString("D"),
            ReleaseId?.ToString("D"),
            Subject,
            Before,
            After,
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(fields))));
    }
}
