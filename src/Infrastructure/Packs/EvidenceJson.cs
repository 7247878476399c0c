using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReleaseDashboard.Infrastructure.Packs;

/// <summary>The pack as text.</summary>
public static class EvidenceJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(EvidencePack pack) => JsonSerializer.Serialize(pack, Options);

    /// <summary>Reads a pack; null when the text is none.</summary>
    public static EvidencePack? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<EvidencePack>(text, Options) is { Format: not null, Audit: not null, Stages: not null, Release: not null } pack ? pack : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
