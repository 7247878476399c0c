using ReleaseDashboard.Infrastructure;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Notifications;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Web.Configuration;

/// <summary>What a process of the product was told, checked as a whole.</summary>
public sealed record DashboardOptions
{
    /// <summary>Folder of everything this machine keeps: the SQLite file, keys, workspaces, artifacts.</summary>
    public required string DataFolder { get; init; }

    /// <summary>A PostgreSQL connection string, or null for SQLite in <see cref="DataFolder"/>.</summary>
    public string? Postgres { get; init; }

    public required string PlaybookFolder { get; init; }

    /// <summary>Addresses to listen on; empty leaves the server's default.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>Proxies before this process.</summary>
    public TrustedProxies Proxies { get; init; } = TrustedProxies.None;

    /// <summary>Whether remotes are simulated and the personas' buttons exist.</summary>
    public bool IsSandbox { get; init; }

    /// <summary>Where the simulated services answer; null when they are not reachable from outside.</summary>
    public Uri? SandboxUrl { get; init; }

    /// <summary>Where the simulated image registries answer; null for the ports after <see cref="SandboxUrl"/>'s, or free ones.</summary>
    public SandboxRegistryUrls SandboxRegistries { get; init; } = new(null, null);

    /// <summary>Sign-in through GitHub, or null when it is not set up.</summary>
    public GitHubOAuthOptions? GitHubOAuth { get; init; }

    /// <summary>How long a proof of who somebody is counts for publishing and giving access.</summary>
    public TimeSpan ConfirmFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The Docker Engine that builds and runs images on this worker.</summary>
    public EngineOptions Docker { get; init; } = new();

    /// <summary>How people are told, and under which address they reach the dashboard.</summary>
    public NotificationOptions Notifications { get; init; } = new();

    /// <summary>Crash point of fault tests. The reader refuses it outside the sandbox.</summary>
    public string? CrashAt { get; init; }

    /// <summary>How checkpoints of the audit trail are made and where copies of them go.</summary>
    public required AuditOptions Audit { get; init; }

    public string KeyFolder => Path.Combine(DataFolder, "keys");

    public InfrastructureOptions ToInfrastructure(bool isWorker) => new(
        new DatabaseOptions { Postgres = Postgres, SqliteFile = Path.Combine(DataFolder, "ledger.db") },
        new WorkerOptions { DataFolder = DataFolder, CrashAt = CrashAt },
        PlaybookFolder,
        isWorker) { Docker = Docker, Notifications = Notifications };
}

/// <summary>Addresses of the simulated image registries, where they were given.</summary>
public sealed record SandboxRegistryUrls(Uri? Preproduction, Uri? Production);

/// <summary>An OAuth application at GitHub.</summary>
public sealed record GitHubOAuthOptions(string ClientId, string ClientSecret, Uri Authorization, Uri Token, Uri User)
{
    // The generated text would print the secret.
    public override string ToString() => $"OAuth application {ClientId} at {Authorization.Host}";
}
