using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Playbooks;
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
/// Runs the simulated services inside this process, on ports of their own, and makes sure that the demo projects, their
/// secrets and the personas are there. What is there already is left alone, so people may change it.
/// </summary>
internal sealed partial class SandboxHosting(
    DashboardOptions options, ProjectQueries projects, CreateProject create, UpdateProject update, SecretVault vault,
    PlaybookLibrary playbooks, Accounts.Personas personas, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
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
                PreproductionRegistryUrl = RegistryPorts.Choose(options.SandboxRegistries.Preproduction, options.SandboxUrl, 1),
                ProductionRegistryUrl = RegistryPorts.Choose(options.SandboxRegistries.Production, options.SandboxUrl, 2),
            },
            loggers);
        await _sandbox.StartAsync(cancellationToken);
        await _sandbox.Services.GetRequiredService<DemoProject>().CreateAsync(cancellationToken);
        await SeedAsync(_sandbox, cancellationToken);
        SandboxAddressFile.Write(options.DataFolder, _sandbox.Address);
        Log.Started(_logger, _sandbox.Address);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _sandbox?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _sandbox?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task SeedAsync(SandboxApplication sandbox, CancellationToken cancellationToken)
    {
        var address = sandbox.Address;
        foreach (var persona in Accounts.Persona.All)
            await personas.SignInAsync(persona.Name, cancellationToken);
        foreach (var project in await ProjectsAsync(cancellationToken))
            await MoveAsync(project, sandbox, cancellationToken);
        await DemoAsync(DemoProjectSettings.Name, DemoProjectSettings.Repository, DemoProjectSettings.At(address), cancellationToken);
        // An older sandbox has a repository of that name that nothing can be released from.
        if (playbooks.Names.Contains(ImagesProjectSettings.Playbook) && sandbox.Repositories.Find(DemoProject.Owner, ImagesProjectSettings.Name)?.State.Refs.ContainsKey("refs/heads/dev") == true)
            await DemoAsync(ImagesProjectSettings.Name, ImagesProjectSettings.Repository, ImagesProjectSettings.At(sandbox), cancellationToken);
    }

    /// <summary>Stores what the simulated services take, except where there is something already.</summary>
    public async Task<ActionResult> StoreSecretsAsync(Actor actor, Project project, CancellationToken cancellationToken)
    {
        var known = (await vault.ListAsync(project.Id, cancellationToken)).Select(secret => secret.Name).ToHashSet();
        foreach (var (name, value) in DemoProjectSettings.SecretsOf(project.Settings))
        {
            if (!known.Contains(name) && await vault.SetAsync(actor, project.Id, name, value, expiresAt: null, cancellationToken) is { IsDone: false } refused)
                return refused;
        }
        return ActionResult.Done;
    }

    /// <summary>Projects whose remotes are simulated.</summary>
    public async Task<IReadOnlyList<Project>> ProjectsAsync(CancellationToken cancellationToken) =>
        [.. (await projects.ListAsync(cancellationToken)).Select(summary => summary.Project).Where(project => project.IsSandbox)];

    // Addresses that nobody of this kind made, such as a folder of this machine, stay.
    private async Task MoveAsync(Project project, SandboxApplication sandbox, CancellationToken cancellationToken)
    {
        var address = sandbox.Address;
        if (!Uri.TryCreate(project.Settings.GitUrl, UriKind.Absolute, out var old) || !old.IsLoopback || old.IsFile
            || old.AbsoluteUri != SandboxRemotes.GitUrl(project.Repository, old))
            return;
        var settings = SandboxRemotes.Move(project.Settings, project.Repository, address);
        // The demo's images live in the sandbox's registries; those of others are their own matter.
        if (project.Name == ImagesProjectSettings.Name && settings.Images is not null)
            settings = ImagesProjectSettings.Move(settings, sandbox);
        if (old.AbsoluteUri == SandboxRemotes.GitUrl(project.Repository, address) && settings.Images?.Production == project.Settings.Images?.Production
            && settings.Images?.Preproduction == project.Settings.Images?.Preproduction)
            return;
        var moved = await update.RunAsync(Actor.System, project.Id, project.Repository, settings, cancellationToken);
        if (moved.IsOk)
            Log.Moved(_logger, project.Name, address);
        else
            Log.NotMoved(_logger, project.Name, address, moved.Error.Message);
    }

    // A real project may have the name of a demo; it is left alone.
    private async Task DemoAsync(string name, string repository, ProjectSettings settings, CancellationToken cancellationToken)
    {
        var found = await projects.FindAsync(name, cancellationToken);
        if (found is { IsSandbox: false })
            return;
        var demo = found ?? Need(await create.RunAsync(Actor.System, name, repository, isSandbox: true, settings, cancellationToken));
        await StoreSecretsAsync(Actor.System, demo, cancellationToken);
    }

    private static Project Need(Result<Project, ActionResult> result) =>
        result.IsOk ? result.Value : throw new InvalidOperationException($"A project of the sandbox cannot be used: {result.Error.Message}");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The sandbox answers at {Address}.")]
        public static partial void Started(ILogger logger, Uri address);

        [LoggerMessage(2, LogLevel.Warning, "The sandbox has moved to {Address}; project {Project} follows. Releases under way keep the old address.")]
        public static partial void Moved(ILogger logger, string project, Uri address);

        [LoggerMessage(3, LogLevel.Warning, "Project {Project} cannot follow the sandbox to {Address}: {Reason}")]
        public static partial void NotMoved(ILogger logger, string project, Uri address, string reason);
    }
}
