using System.Text.Json;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>The address part of a build.</summary>
internal static class BuildQuery
{
    public static string Of(BuildRequest request)
    {
        var parts = new List<(string Name, string Value)>
        {
            // The engine's own builder: BuildKit would need a second protocol inside the same connection.
            ("version", "1"),
            ("dockerfile", request.Context.DockerfileName),
            ("platform", request.Platform.ToString()),
            ("buildargs", Json(request.Arguments)),
            ("labels", Json(request.Labels)),
            ("rm", "1"),
            ("forcerm", "1"),
        };
        parts.AddRange(request.Tags.Select(tag => ("t", tag)));
        if (request.CacheFrom.Count > 0)
            parts.Add(("cachefrom", JsonSerializer.Serialize(request.CacheFrom)));
        if (request.Target is { } target)
            parts.Add(("target", target));
        if (request.NoCache)
            parts.Add(("nocache", "1"));
        if (request.Pull)
            parts.Add(("pull", "1"));
        if (request.Network is { } network)
            parts.Add(("networkmode", network));
        return string.Join('&', parts.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
    }

    // Sorted: the builder compares labels with those of its cache.
    private static string Json(IReadOnlyDictionary<string, string> values) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(values.ToDictionary(), StringComparer.Ordinal));
}
