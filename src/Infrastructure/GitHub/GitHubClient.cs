using System.Net.Http.Json;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>
/// The calls of GitHub's REST API that releases need. Expected failures are <see cref="GitHubError"/> values; a write whose
/// answer is lost says so, and the caller observes before it does anything again.
/// </summary>
public sealed partial class GitHubClient
{
    private const int PageSize = 100;
    private const int MostPages = 50;

    /// <summary>The longest list of commits that is read.</summary>
    public const int MostCommits = PageSize * MostPages;

    private readonly GitHubTransport _transport;
    private readonly GitHubOptions _options;

    /// <param name="http">Made with <see cref="CreateHandler"/>: redirects are this client's business.</param>
    /// <param name="pacer">One for the whole process.</param>
    public GitHubClient(HttpClient http, GitHubOptions options, WritePacer pacer, TimeProvider time)
    {
        _options = options;
        _transport = new GitHubTransport(http, options, pacer, time);
    }

    /// <summary>What is left of the rate limit as of the last answer; null before the first.</summary>
    public GitHubQuota? Quota => _transport.Quota;

    /// <summary>Neither redirects nor cookies are handled below this client.</summary>
    public static SocketsHttpHandler CreateHandler() =>
        new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };

    public Task<Result<GitHubUser, GitHubError>> UserAsync(CancellationToken cancellation) => GetAsync<GitHubUser>("user", cancellation);

    public async Task<Result<GitHubRate, GitHubError>> RateLimitAsync(CancellationToken cancellation) =>
        (await GetAsync<GitHubRateLimit>("rate_limit", cancellation)).Map(limit => limit.Resources.Core);

    public Task<Result<GitHubRepository, GitHubError>> RepositoryAsync(RepositoryName name, CancellationToken cancellation) =>
        GetAsync<GitHubRepository>(name.Path, cancellation);

    public Task<Result<GitHubPermission, GitHubError>> PermissionAsync(RepositoryName name, string login, CancellationToken cancellation) =>
        GetAsync<GitHubPermission>($"{name.Path}/collaborators/{Escape(login)}/permission", cancellation);

    /// <summary>Null when there is no such branch.</summary>
    public Task<Result<GitHubBranch?, GitHubError>> BranchAsync(RepositoryName name, BranchName branch, CancellationToken cancellation) =>
        FindAsync<GitHubBranch>($"{name.Path}/branches/{EscapePath(branch.Value)}", cancellation);

    /// <summary>Null when there is no such reference.</summary>
    public Task<Result<GitHubRef?, GitHubError>> RefAsync(RepositoryName name, RefName reference, CancellationToken cancellation) =>
        FindAsync<GitHubRef>($"{name.Path}/git/ref/{EscapePath(reference.Value["refs/".Length..])}", cancellation);

    /// <summary>Makes a reference; refused (422) when it exists.</summary>
    public Task<Result<GitHubRef, GitHubError>> CreateRefAsync(RepositoryName name, RefName reference, CommitSha sha, CancellationToken cancellation) =>
        SendAsync<GitHubRef>(HttpMethod.Post, $"{name.Path}/git/refs", new { @ref = reference.Value, sha = sha.Value }, cancellation);

    /// <summary>The annotated tag behind a tag object.</summary>
    public Task<Result<GitHubTag?, GitHubError>> TagAsync(RepositoryName name, CommitSha tagObject, CancellationToken cancellation) =>
        FindAsync<GitHubTag>($"{name.Path}/git/tags/{tagObject}", cancellation);

    public Task<Result<GitHubGitCommit, GitHubError>> CommitAsync(RepositoryName name, CommitSha commit, CancellationToken cancellation) =>
        GetAsync<GitHubGitCommit>($"{name.Path}/git/commits/{commit}", cancellation);

    /// <summary>Head against base; the first page of commits and at most 300 files, as GitHub has it.</summary>
    public Task<Result<GitHubComparison, GitHubError>> CompareAsync(
        RepositoryName name, Revision from, Revision to, CancellationToken cancellation) =>
        GetAsync<GitHubComparison>($"{name.Path}/compare/{Escape(ShortName(from))}...{Escape(ShortName(to))}", cancellation);

    /// <summary>Every commit that <paramref name="to"/> has and <paramref name="from"/> has not. More than <see cref="MostCommits"/> are refused.</summary>
    public Task<Result<IReadOnlyList<GitHubCommit>, GitHubError>> CommitsBetweenAsync(
        RepositoryName name, Revision from, Revision to, CancellationToken cancellation) =>
        ListAsync<GitHubComparison, GitHubCommit>($"{name.Path}/compare/{Escape(ShortName(from))}...{Escape(ShortName(to))}", page => page.Commits, cancellation);

    /// <summary>Every commit that leads to <paramref name="head"/>. More than <see cref="MostCommits"/> are refused.</summary>
    public Task<Result<IReadOnlyList<GitHubCommit>, GitHubError>> CommitsToAsync(RepositoryName name, CommitSha head, CancellationToken cancellation) =>
        ListAsync<GitHubCommit>($"{name.Path}/commits?sha={head}", cancellation);

    // The compare call takes branch and tag names without "refs/heads/".
    private static string ShortName(Revision revision) =>
        RefName.TryParse(revision.Value, out var name, out _) ? name.Branch?.Value ?? name.Tag?.Value ?? name.Value : revision.Value;

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static string EscapePath(string text) => string.Join('/', text.Split('/').Select(Uri.EscapeDataString));

    private async Task<Result<T, GitHubError>> GetAsync<T>(string path, CancellationToken cancellation) =>
        (await _transport.ReadAsync(_transport.Address(path), cancellation)).Then(GitHubTransport.Parse<T>);

    private async Task<Result<T?, GitHubError>> FindAsync<T>(string path, CancellationToken cancellation)
        where T : class
    {
        var found = await GetAsync<T>(path, cancellation);
        return found is { IsOk: false, Error.Kind: GitHubFailure.NotFound } ? (T?)null : found.Map<T?>(value => value);
    }

    private async Task<Result<IReadOnlyList<TItem>, GitHubError>> ListAsync<TPage, TItem>(
        string path, Func<TPage, IReadOnlyList<TItem>> items, CancellationToken cancellation)
    {
        var all = new List<TItem>();
        var next = _transport.Address($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}per_page={PageSize}");
        for (var page = 0; page < MostPages; page++)
        {
            if (!_transport.IsTrusted(next)) return GitHubError.Of(GitHubFailure.Malformed, $"The next page is on another host: {next.Authority}.");
            var answer = await _transport.ReadAsync(next, cancellation);
            if (!answer.IsOk) return answer.Error;
            var parsed = GitHubTransport.Parse<TPage>(answer.Value);
            if (!parsed.IsOk) return parsed.Error;
            all.AddRange(items(parsed.Value));
            if (answer.Value.Next is null) return all;
            next = answer.Value.Next;
        }

        return GitHubError.Of(GitHubFailure.Malformed, $"The list {path} has more than {MostPages} pages.");
    }

    private Task<Result<IReadOnlyList<T>, GitHubError>> ListAsync<T>(string path, CancellationToken cancellation) =>
        ListAsync<List<T>, T>(path, page => page, cancellation);

    private async Task<Result<T, GitHubError>> SendAsync<T>(HttpMethod method, string path, object body, CancellationToken cancellation)
    {
        // Not disposed here: the request that carries it disposes it.
        var content = JsonContent.Create(body, body.GetType(), options: GitHubJson.Options);
        var written = await _transport.WriteAsync(method, _transport.Address(path), content, _options.Timeout, cancellation);
        // Done, but unreadable: as good as lost, and to be observed.
        return written.Then(answer => GitHubTransport.Parse<T>(answer) is { IsOk: false } unread
            ? unread.Error with { Kind = GitHubFailure.AnswerLost }
            : GitHubTransport.Parse<T>(answer));
    }
}
