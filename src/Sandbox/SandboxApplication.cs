using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Faults;
using ReleaseDashboard.Sandbox.GitHub;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.GitHub.Checks;
using ReleaseDashboard.Sandbox.Hosting;
using ReleaseDashboard.Sandbox.Registries;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox;

/// <summary>
/// The simulated services, on ports of their own inside whichever process starts them: the product in a rehearsal, a test, the
/// command line. All state is in <see cref="SandboxOptions.DataFolder"/>, so a new instance on the same folder goes on where the
/// last one stopped.
/// </summary>
public sealed class SandboxApplication : IAsyncDisposable
{
    private readonly WebApplication app;

    /// <exception cref="ArgumentException">An address that is not loopback.</exception>
    public SandboxApplication(SandboxOptions options, ILoggerFactory? loggers = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        LoopbackAddresses.Require(options.Addresses);
        var folder = Path.GetFullPath(options.DataFolder);
        Directory.CreateDirectory(folder);
        options = options with { DataFolder = folder };

        // The empty builder reads no configuration and no environment: the product's own settings must not move the sandbox.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder });
        builder.WebHost.UseKestrelCore().UseUrls([.. options.Addresses]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // a push has any size
            kestrel.Limits.MinRequestBodyDataRate = null; // git computes its deltas while the body is open
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        if (loggers is not null)
            builder.Services.AddSingleton(loggers);

        // The default lifetime listens to Ctrl-C and SIGTERM; those belong to the process around the sandbox.
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSandboxServices();

        app = builder.Build();
        app.UseFaults();
        app.UseRegistries();
        app.UseRouting();
        app.UseGitHub();
        app.MapSandboxServices();
    }

    /// <summary>Every change the simulated services carried out.</summary>
    public EffectLog Effects => app.Services.GetRequiredService<EffectLog>();

    /// <summary>The faults that requests meet.</summary>
    public FaultRules Faults => app.Services.GetRequiredService<FaultRules>();

    /// <summary>The sandbox's services, for code in the same process (import, demo, check scripts).</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Where the sandbox listens, with the port that was really bound and no path.</summary>
    /// <exception cref="InvalidOperationException">The sandbox is not started.</exception>
    public Uri Address => new(
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The sandbox is not started."));

    /// <summary>The repositories of the simulated GitHub.</summary>
    public SandboxRepositories Repositories => app.Services.GetRequiredService<SandboxRepositories>();

    /// <summary>The image registries and where they answer.</summary>
    public ImageRegistries Registries => app.Services.GetRequiredService<ImageRegistries>();

    /// <summary>How the checks of pull requests go.</summary>
    public CheckScript Checks => app.Services.GetRequiredService<CheckScript>();

    /// <summary>How the jobs of workflows go.</summary>
    public WorkflowScript Workflows => app.Services.GetRequiredService<WorkflowScript>();

    /// <summary>Tells the effect log, the pull requests and the webhooks of refs that were changed in git directly.</summary>
    public Task PublishRefsAsync(SandboxRepository repository) => app.Services.GetRequiredService<CatchUp>().RunAsync(repository);

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await app.StartAsync(cancellationToken);
        foreach (var repository in Repositories.All)
            await PublishRefsAsync(repository);
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => app.StopAsync(cancellationToken);

    /// <summary>Stops first: services that are only disposed report the cancellation as a failure.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
