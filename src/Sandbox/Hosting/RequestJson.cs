using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ReleaseDashboard.Sandbox.Hosting;

/// <summary>Reads a request's JSON body. Clients such as curl and git send it under any content type, so that is not looked at.</summary>
internal static class RequestJson
{
    /// <returns>The body, or null when it is not JSON of that shape.</returns>
    internal static async Task<T?> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, SandboxJson.Compact, request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            return null; // the caller answers 400
        }
    }
}
