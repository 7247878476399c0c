using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ReleaseDashboard.Infrastructure.Persistence;

/// <summary>Stores an immutable value as JSON text in one column.</summary>
internal static class JsonColumn
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property) =>
        property.HasConversion(
            value => JsonSerializer.Serialize(value, Options),
            text => JsonSerializer.Deserialize<T>(text, Options)!,
            Replaced<T>());

    // What is stored this way is replaced, never changed in place. So the value itself serves as the snapshot; copies and
    // comparisons as JSON text took a good part of the time between two steps.
    private static ValueComparer<T> Replaced<T>() => new((one, other) => Equals(one, other), value => value == null ? 0 : value.GetHashCode(), value => value);
}
