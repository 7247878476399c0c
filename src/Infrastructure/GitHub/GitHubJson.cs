using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReleaseDashboard.Infrastructure.GitHub;

internal static class GitHubJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // An answer without a field that this program relies on is refused instead of read as null.
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
