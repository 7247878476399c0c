using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Sandbox.Identity;

namespace ReleaseDashboard.Web.Sandbox;

/// <summary>
/// Has the simulated GitHub deliver its events to this dashboard, the way a real repository is set up: by a hook. Needs
/// the address that the server got, so it comes after everything has started.
/// </summary>
internal sealed partial class SandboxWebhooks(SandboxHosting hosting, SecretVault vault, IServer server, ILogger<SandboxWebhooks> logger) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var project in await hosting.ProjectsAsync(cancellationToken))
                await AddAsync(project, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped while it starts: the next start adds what is missing.
        }
    }

    /// <summary>Has the repository of a project tell of its events here. Does nothing when it does so already.</summary>
    public async Task AddAsync(Project project, CancellationToken cancellationToken)
    {
        // A test host has no address; polling alone does the work there. Without a key nobody could check a delivery.
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address
            || await vault.ReadAsync(project.Id, SecretName.GitHubWebhook, cancellationToken) is not { } secret)
            return;
        var target = new Uri(new Uri(address.Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal)), "/webhooks/github");
        using var client = new HttpClient { BaseAddress = hosting.Sandbox.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Personas.Maintainer.Token);
        var hooks = $"/api/v3/repos/{project.Repository}/hooks";
        using var listed = await client.GetAsync(hooks, cancellationToken);
        // Its repository may be a folder of this machine, or be gone.
        if (listed.StatusCode == HttpStatusCode.NotFound)
            return;
        listed.EnsureSuccessStatusCode();
        var known = await listed.Content.ReadFromJsonAsync<List<Hook>>(cancellationToken);
        if (known?.Exists(hook => hook.Config.Url == target.AbsoluteUri) == true)
            return;
        using var answer = await client.PostAsJsonAsync(
            hooks,
            new { name = "web", active = true, events = new[] { "*" }, config = new { url = target.AbsoluteUri, content_type = "json", secret } },
            cancellationToken);
        if (!answer.IsSuccessStatusCode)
            Log.Refused(logger, project.Name, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private sealed record Hook(HookConfig Config);

    private sealed record HookConfig(string Url);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The sandbox did not take the webhook of {Project} ({Status}); waiting steps look by themselves. {Answer}")]
        public static partial void Refused(ILogger logger, string project, int status, string answer);
    }
}
