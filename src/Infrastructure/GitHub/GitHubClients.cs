using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>Clients of GitHub, one for each address and token: they share connections and the pace of writes, never a cache of answers.</summary>
public sealed class GitHubClients(TimeProvider time) : IDisposable
{
    private const int Kept = 64;

    // Deadlines are the transport's business; the client's own would cut long uploads.
    private readonly HttpClient http = new(GitHubClient.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly WritePacer pacer = new(time);
    private readonly ConcurrentDictionary<string, GitHubClient> known = new(StringComparer.Ordinal);

    /// <param name="token">Null for what is public.</param>
    public GitHubClient For(Project project, string? token)
    {
        var address = new Uri(project.Settings.GitHubApi);
        if (known.Count > Kept)
            known.Clear();
        return known.GetOrAdd(Key(address, token), _ => new GitHubClient(http, new GitHubOptions { BaseAddress = address, Token = token }, pacer, time));
    }

    public void Dispose() => http.Dispose();

    // A hash, so that no token stands in a table for a dump to show.
    private static string Key(Uri address, string? token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{address}\n{token}")));
}
