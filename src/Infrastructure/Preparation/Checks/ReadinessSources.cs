using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Preparation.Overview;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Python;
using ReleaseDashboard.Infrastructure.Running;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Where the checks look.</summary>
public sealed record ReadinessSources(
    LedgerStore Ledger,
    SecretVault Vault,
    ProjectSessions Sessions,
    ProjectMirrors Mirrors,
    SubmoduleReader Submodules,
    GitHubClients GitHub,
    PackageIndexes Indexes,
    RegistryClients Registries,
    EngineClient Engine,
    ProcessRunner Runner,
    ProcessEnvironment Environment,
    WorkerOptions Worker,
    TimeProvider Time);
