using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Preparation.Mirrors;

/// <summary>Keeps a mirror of each project's repository in the data folder and fetches it when somebody looks.</summary>
public sealed class ProjectMirrors(ProjectSessions sessions, LedgerStore ledger, WorkerOptions worker, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Turn> turns = new(StringComparer.Ordinal);

    /// <summary>
    /// The mirror, fetched unless that was done within <paramref name="maxAge"/> (zero fetches now) and since the last step of a
    /// release ended, which may have pushed. When the remote cannot be asked, an older mirror is handed out with the reason;
    /// without one this fails.
    /// </summary>
    public async Task<Result<ProjectMirror, StepError>> OpenAsync(Project project, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        var opened = await sessions.OpenAsync(project, cancellationToken);
        if (!opened.IsOk)
            return opened.Error;
        return await OpenAsync(opened.Value.Session, opened.Value.Url, FolderOf(project) + ".git", maxAge, await LastStepAsync(project, cancellationToken), cancellationToken);
    }

    /// <summary>A mirror of a submodule of the project, at the address that the project's repository names.</summary>
    public async Task<Result<ProjectMirror, StepError>> OpenSubmoduleAsync(Project project, GitSubmodule submodule, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        var opened = await sessions.OpenAsync(project, cancellationToken);
        if (!opened.IsOk)
            return opened.Error;
        // By a digest: a submodule's name and path are written by anybody with a pull request.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(submodule.Url.Value)))[..16];
        return await OpenAsync(opened.Value.Session, submodule.Url, Path.Combine(FolderOf(project) + ".modules", name + ".git"), maxAge, null, cancellationToken);
    }

    /// <summary>The remote's references at this moment, without the mirror.</summary>
    public async Task<Result<IReadOnlyList<GitRemoteRef>, StepError>> ListRemoteAsync(Project project, IReadOnlyList<RefName> names, CancellationToken cancellationToken)
    {
        var opened = await sessions.OpenAsync(project, cancellationToken);
        if (!opened.IsOk)
            return opened.Error;
        var listed = await opened.Value.Session.ListRemoteAsync(opened.Value.Url, names, cancellationToken);
        return listed.IsOk ? Result<IReadOnlyList<GitRemoteRef>, StepError>.Ok(listed.Value) : RemoteErrors.Of(listed.Error, cancellationToken);
    }

    private async Task<Result<ProjectMirror, StepError>> OpenAsync(GitSession session, RemoteUrl url, string path, TimeSpan maxAge, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var turn = turns.GetOrAdd(path, _ => new Turn());
        await turn.Gate.WaitAsync(cancellationToken);
        try
        {
            // A fetch that began after this call asked is new enough for everybody who waited for it.
            var isFresh = turn is { Began: { } began, Url: var last } && last == url.Value
                && (began >= asked || (time.GetElapsedTime(began) < maxAge && !(turn.FetchedAt <= since)));
            return isFresh ? new ProjectMirror(session.Open(path), turn.FetchedAt, null) : await FetchAsync(session, url, path, turn, cancellationToken);
        }
        finally
        {
            turn.Gate.Release();
        }
    }

    private async Task<Result<ProjectMirror, StepError>> FetchAsync(GitSession session, RemoteUrl url, string path, Turn turn, CancellationToken cancellationToken)
    {
        var (began, at) = (time.GetTimestamp(), time.GetUtcNow());
        var repository = session.Open(path);
        var isNew = !File.Exists(Path.Combine(path, "config"));
        // An address that changed may lead to another repository: what is here says nothing about it.
        var isOther = !isNew && (await repository.RemoteAsync(cancellationToken)) is var remote && !(remote.IsOk && remote.Value == url);
        if (isNew || isOther)
        {
            var made = await MakeAsync(session, url, path, cancellationToken);
            if (!made.IsOk)
                return RemoteErrors.Of(made.Error, cancellationToken);
        }
        var fetched = await repository.FetchAsync(cancellationToken);
        if (fetched.IsOk)
        {
            (turn.Began, turn.FetchedAt, turn.Url) = (began, at, url.Value);
            return new ProjectMirror(repository, turn.FetchedAt, null);
        }
        var error = RemoteErrors.Of(fetched.Error, cancellationToken);
        return isNew || isOther || !await HasCommitsAsync(repository, cancellationToken) ? error : new ProjectMirror(repository, turn.FetchedAt, error);
    }

    private static async Task<Result<GitRepository, GitError>> MakeAsync(GitSession session, RemoteUrl url, string path, CancellationToken cancellationToken)
    {
        // Made beside and renamed: a start that was cut off is never taken for a mirror.
        var partial = path + ".partial";
        foreach (var old in new[] { partial, path }.Where(Directory.Exists))
            Directory.Delete(old, recursive: true);
        var made = await session.InitAsync(partial, BranchName.Parse("main"), cancellationToken, bare: true);
        if (!made.IsOk)
            return made;
        // Explicit, so that --prune also drops tags that are gone from the remote.
        foreach (var (key, value) in new[] { ("url", url.Value), ("fetch", "+refs/heads/*:refs/heads/*"), ("fetch", "+refs/tags/*:refs/tags/*") })
        {
            var set = await made.Value.RunAsync(new GitCommand("config", "--local", "--add", $"remote.{GitRepository.Origin}.{key}", value), cancellationToken);
            if (!set.IsOk)
                return set.Error;
        }
        Directory.Move(partial, path);
        return session.Open(path);
    }

    private async Task<DateTimeOffset?> LastStepAsync(Project project, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return (await db.Releases.Where(release => release.ProjectId == project.Id).OrderByDescending(release => release.Id).Take(1)
            .SelectMany(release => release.Steps.Select(step => step.FinishedAt)).ToListAsync(cancellationToken)).Max();
    }

    private static async Task<bool> HasCommitsAsync(GitRepository repository, CancellationToken cancellationToken) =>
        await repository.RunAsync(new GitCommand("for-each-ref", "--count=1", "--format=%(objectname)") { Quiet = true }, cancellationToken) is { IsOk: true, Value.Output.Length: > 0 };

    private string FolderOf(Project project) => Path.Combine(worker.DataFolder, "mirrors", project.Id.ToString("N"));

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Reliability", "CA1001", Justification = "A semaphore without wait handle holds nothing to free; turns live as long as the process.")]
    private sealed class Turn
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);
        public long? Began { get; set; }
        public DateTimeOffset? FetchedAt { get; set; }
        public string? Url { get; set; }
    }
}
