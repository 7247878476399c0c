using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

internal static class EngineJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        // The engine's names are written as in Go; a few begin small.
        PropertyNameCaseInsensitive = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
