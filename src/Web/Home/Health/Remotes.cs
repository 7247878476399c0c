using System.Collections.Concurrent;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Home.Health;

/// <summary>
/// Whether the remotes of the projects answer. Asked only while somebody looks, at most once a minute for each address and
/// for all circuits together, with a short deadline and without credentials: any answer counts, also a refusal.
/// </summary>
public sealed class Remotes(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<Uri, (DateTimeOffset At, Lazy<Task<Answer>> Answer)> _asked = new();

    public async Task<IReadOnlyList<HealthItem>> AskAsync(IReadOnlyList<Project> projects, CancellationToken cancellationToken)
    {
        var git = projects.Select(project => new Uri(new Uri(project.Settings.GitHubApi), "rate_limit")).Distinct().ToList();
        var indexes = projects.Where(project => project.Settings.Package.Length > 0).SelectMany(project => new[] { project.Settings.ProductionIndex, project.Settings.TestIndex }
            .Select(index => new Uri(new Uri(index.Simple), project.Settings.Package + "/"))).Distinct().ToList();
        return [await ItemAsync("GitHub", git, cancellationToken), await ItemAsync("Package indexes", indexes, cancellationToken)];
    }

    public void Dispose() => _http.Dispose();

    private async Task<HealthItem> ItemAsync(string name, List<Uri> addresses, CancellationToken cancellationToken)
    {
        if (addresses.Count == 0)
            return new HealthItem(name, GlyphState.Todo, "no project yet");
        var answers = await Task.WhenAll(addresses.Select(address => AskAsync(address)).ToList()).WaitAsync(cancellationToken);
        var silent = answers.Where(answer => answer.Took is null).ToList();
        if (silent.Count > 0)
            return new HealthItem(name, GlyphState.Failed, $"{silent[0].Host} does not answer");
        var slowest = answers.Max(answer => answer.Took!.Value);
        var who = answers.Length switch { 1 => "answers", 2 => "both answer", _ => "all answer" };
        return new HealthItem(name, GlyphState.Done, $"{who}, {Math.Max(1, (int)slowest.TotalMilliseconds)} ms");
    }

    private Task<Answer> AskAsync(Uri address)
    {
        var now = time.GetUtcNow();
        var entry = _asked.AddOrUpdate(
            address,
            key => (now, New(key)),
            (key, known) => known.At > now - Fresh ? known : (now, New(key)));
        return entry.Answer.Value;

        Lazy<Task<Answer>> New(Uri key) => new(() => SendAsync(key));
    }

    private async Task<Answer> SendAsync(Uri address)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        var begun = time.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.UserAgent.ParseAdd("ReleaseDashboard");
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return new Answer(address.Authority, (int)response.StatusCode < 500 ? time.GetElapsedTime(begun) : null);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return new Answer(address.Authority, null);
        }
    }

    private sealed record Answer(string Host, TimeSpan? Took);
}
