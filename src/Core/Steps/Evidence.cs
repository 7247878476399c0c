using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReleaseDashboard.Core.Steps;

/// <summary>What a step proved: an ordered list of named items. Later steps read them as outputs.</summary>
public sealed record Evidence(IReadOnlyList<EvidenceItem> Items)
{
    public static Evidence None { get; } = new([]);

    public static Evidence Of(params IReadOnlyList<EvidenceItem> items) => new(items);

    /// <summary>The value of the named item, or null when the step did not prove such a thing.</summary>
    public string? this[string name] => Items.FirstOrDefault(item => item.Name == name)?.Value;

    public Evidence With(params IReadOnlyList<EvidenceItem> more) =>
        new([.. Items.Where(item => more.All(newer => newer.Name != item.Name)), .. more]);

    /// <summary>
    /// SHA-256, lower-case hex, over the items sorted by name as canonical JSON. Links are left out: a moved page changes
    /// nothing that is published. What a value stands instead of counts only where there is such a thing.
    /// </summary>
    [JsonIgnore]
    public string Digest
    {
        get
        {
            var canonical = Items.OrderBy(item => item.Name, StringComparer.Ordinal)
                .Select(item => item.Instead is { } instead ? new[] { item.Name, item.Kind.ToString(), item.Value, instead } : [item.Name, item.Kind.ToString(), item.Value]);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(canonical))));
        }
    }

    public bool Equals(Evidence? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Count == 0 ? 0 : HashCode.Combine(Items.Count, Items[0], Items[^1]);
}
