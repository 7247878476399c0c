using System.Collections.Concurrent;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>The clients of this process: one connection pool and one write pacer for all of them.</summary>
public sealed class GitHubClients(TimeProvider time) : IDisposable
{
    // Bounds what changed tokens leave behind; a client is cheap to make again.
    private const int MostClients = 200;
    private readonly HttpClient http = new(GitHubClient.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly WritePacer pacer = new(time);
    private readonly ConcurrentDictionary<(Uri Api, string Token), GitHubClient> clients = new();

    /// <summary>The client of a project's GitHub as the owner of the token. Kept, so that what it read before costs nothing to confirm.</summary>
    public GitHubClient For(Project project, string token)
    {
        if (clients.Count >= MostClients)
            clients.Clear();
        var api = new Uri(project.Settings.GitHubApi);
        return clients.GetOrAdd((api, token), key => new GitHubClient(http, new GitHubOptions { BaseAddress = key.Api, Token = key.Token }, pacer, time));
    }

    public void Dispose() => http.Dispose();
}
