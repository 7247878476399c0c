using System.Collections.Concurrent;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>Answers to reads, kept to be confirmed by a 304, which costs nothing of the rate limit.</summary>
internal sealed class ETagCache
{
    private const int MostEntries = 500;
    private const int LargestBody = 1024 * 1024;
    private readonly ConcurrentDictionary<string, GitHubAnswer> _answers = new(StringComparer.Ordinal);

    public GitHubAnswer? Find(string address) => _answers.GetValueOrDefault(address);

    public void Keep(string address, GitHubAnswer answer)
    {
        if (answer.ETag is null || !answer.IsSuccess || answer.Body.Length > LargestBody) return;
        // Full is rare (hundreds of addresses within one release); starting over is simpler than counting uses.
        if (_answers.Count >= MostEntries) _answers.Clear();
        _answers[address] = answer;
    }
}
