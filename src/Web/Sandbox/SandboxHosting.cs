using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Sandbox;
using ReleaseDashboard.Sandbox.Demo;
using ReleaseDashboard.Web.Configuration;
using Accounts = ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.Sandbox;

/// <summary>
/// Runs the simulated services inside this process, on a port of their own, and makes sure that the demo project, its
/// secrets and the personas are there. What is there already is left alone, so people may change it.
/// </summary>
internal sealed partial class SandboxHosting(
    DashboardOptions options, ProjectQueries projects, CreateProject create, UpdateProject update, SecretVault vault,
    Accounts.Personas personas, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private static readonly Uri AnyPort = new("http://127.0.0.1:0");

    private readonly ILogger _logger = loggers.CreateLogger<SandboxHosting>();
    private SandboxApplication? _sandbox;

    /// <summary>The running sandbox: its effect log and faults.</summary>
    /// <exception cref="InvalidOperationException">It is not started.</exception>
    public SandboxApplication Sandbox => _sandbox ?? throw new InvalidOperationException("The sandbox is not started.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _sandbox = new SandboxApplication(
            new SandboxOptions
            {
                DataFolder = Path.Combine(options.DataFolder, "sandbox"),
                Urls = (options.SandboxUrl ?? AnyPort).GetLeftPart(UriPartial.Authority),
            },
            loggers);
        await _sandbox.StartAsync(cancellationToken);
        await _sandbox.Services.GetRequiredService<DemoProject>().CreateAsync(cancellationToken);
        await SeedAsync(_sandbox.Address, cancellationToken);
        SandboxAddressFile.Write(options.DataFolder, _sandbox.Address);
        Log.Started(_logger, _sandbox.Address);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _sandbox?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _sandbox?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task SeedAsync(Uri address, CancellationToken cancellationToken)
    {
        foreach (var persona in Accounts.Persona.All)
            await personas.SignInAsync(persona.Name, cancellationToken);
        if (await DemoAsync(address, cancellationToken) is not { } project)
            return;
        var known = (await vault.ListAsync(project.Id, cancellationToken)).Select(secret => secret.Name).ToHashSet();
        foreach (var (name, value) in DemoProjectSettings.Secrets)
        {
            if (!known.Contains(name))
                await vault.SetAsync(Actor.System, project.Id, name, value, expiresAt: null, cancellationToken);
        }
    }

    /// <summary>The demo project at this address; null when a real project has its name.</summary>
    private async Task<Project?> DemoAsync(Uri address, CancellationToken cancellationToken)
    {
        var found = await projects.FindAsync(DemoProjectSettings.Name, cancellationToken);
        if (found is { IsSandbox: false })
            return null;
        if (found is null)
            return Need(await create.RunAsync(Actor.System, DemoProjectSettings.Name, DemoProjectSettings.Repository, isSandbox: true, DemoProjectSettings.At(address), cancellationToken));
        var moved = DemoProjectSettings.Move(found.Settings, address);
        if (moved.GitUrl == found.Settings.GitUrl)
            return found;
        Log.Moved(_logger, found.Name, address);
        return Need(await update.RunAsync(Actor.System, found.Id, found.Repository, moved, cancellationToken));
    }

    private static Project Need(Result<Project, ActionResult> result) =>
        result.IsOk ? result.Value : throw new InvalidOperationException($"The demo project cannot be used: {result.Error.Message}");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The sandbox answers at {Address}.")]
        public static partial void Started(ILogger logger, Uri address);

        [LoggerMessage(2, LogLevel.Warning, "The sandbox has moved to {Address}; project {Project} follows. Releases under way keep the old address.")]
        public static partial void Moved(ILogger logger, string project, Uri address);
    }
}
