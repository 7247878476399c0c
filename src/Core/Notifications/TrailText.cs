using System.Globalization;
using System.Text.Json;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Core.Notifications;

/// <summary>Reads single values out of an entry's state. What is missing or of another shape is simply not there.</summary>
internal static class TrailText
{
    public static string? After(this AuditEntry entry, string name) =>
        Find(entry.After, name) is { } value ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;

    public static IReadOnlyList<string> AfterList(this AuditEntry entry, string name) =>
        Find(entry.After, name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    /// <summary>A list of changes of evidence; what has no item's name is left out.</summary>
    public static IReadOnlyList<EvidenceChange> AfterChanges(this AuditEntry entry, string list) =>
        Find(entry.After, list) is { ValueKind: JsonValueKind.Array } items
            ? [.. items.EnumerateArray().Where(item => Text(item, "item") is { Length: > 0 }).Select(item => new EvidenceChange(Text(item, "item")!, Text(item, "before"), Text(item, "after")))]
            : [];

    /// <summary>A moment, or null.</summary>
    public static DateTimeOffset? AfterMoment(this AuditEntry entry, string name) => Moment(entry.After(name));

    /// <summary>A moment in the state before, or null.</summary>
    public static DateTimeOffset? BeforeMoment(this AuditEntry entry, string name) => Moment(Find(entry.Before, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null);

    public static bool AfterFlag(this AuditEntry entry, string name) => Find(entry.After, name) is { ValueKind: JsonValueKind.True };

    /// <summary>A sentence of the error that a step ended with.</summary>
    public static string? AfterError(this AuditEntry entry, string name) =>
        Find(entry.After, "error") is { } error && Property(error, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static DateTimeOffset? Moment(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment) ? moment : null;

    private static string? Text(JsonElement element, string name) => Property(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Find(string? json, string name)
    {
        if (json is null)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return Property(document.RootElement, name)?.Clone();
        }
        catch (JsonException)
        {
            // The trail of another version of the product, or one that was tampered with: the verification says so, not a notice.
            return null;
        }
    }

    private static JsonElement? Property(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var property in element.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }
        return null;
    }
}
