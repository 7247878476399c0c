namespace ReleaseDashboard.Web;

/// <summary>What a caller may decide about the web host; everything else comes from configuration.</summary>
public sealed record ReleaseWebOptions
{
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>"Development", "Production"; null leaves it to the environment.</summary>
    public string? EnvironmentName { get; init; }

    /// <summary>Where to listen, such as "http://127.0.0.1:0"; null leaves it to configuration.</summary>
    public string? Urls { get; init; }

    /// <summary>The folder that holds wwwroot; null means the current folder.</summary>
    public string? ContentRoot { get; init; }

    /// <summary>Whether this process also runs steps.</summary>
    public bool IsWorker { get; init; }

    /// <summary>The last word on services and configuration: tests replace clocks and outbound HTTP here.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }
}
