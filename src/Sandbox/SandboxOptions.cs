using ReleaseDashboard.Sandbox.Webhooks;

namespace ReleaseDashboard.Sandbox;

/// <summary>What a sandbox needs to know to start.</summary>
public sealed record SandboxOptions
{
    /// <summary>Folder that holds everything the sandbox keeps: repositories, documents, uploaded files, the effect log.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Addresses to listen on, separated by <c>;</c>. Loopback only; port 0 takes a free port.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>Address that the registry before production listens on. Loopback only; port 0 takes a free port.</summary>
    public string PreproductionRegistryUrl { get; init; } = "http://127.0.0.1:0";

    /// <summary>Address that the registry of production listens on.</summary>
    public string ProductionRegistryUrl { get; init; } = "http://127.0.0.1:0";

    /// <summary>Address that links in answers start with, when it is not the one listened on.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>Receivers of every webhook of every repository, besides the hooks made through the API.</summary>
    public IReadOnlyList<WebhookTarget> WebhookTargets { get; init; } = [];

    /// <summary>Whether a pull request can only be merged after an approving review of its current head.</summary>
    public bool ReviewRequired { get; init; }

    /// <summary>Everything that is listened on: the sandbox's own addresses, then one for each registry.</summary>
    internal IReadOnlyList<string> Addresses =>
        [.. Urls.Split(';', StringSplitOptions.RemoveEmptyEntries), PreproductionRegistryUrl, ProductionRegistryUrl];
}
