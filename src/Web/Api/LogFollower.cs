using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>Reads a log as it grows, until its attempt ends, the caller goes, or the caller may not see it any more.</summary>
internal sealed class LogFollower(
    LedgerStore ledger, LogStore logs, ChangeFeed changes, TimeProvider time, IHttpContextAccessor http, CurrentActor current, ApiTokens tokens, ProjectLookup projects)
{
    // Lines that another process writes are not announced here.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Within the five seconds after which nothing of an ended session or token is left.
    private static readonly TimeSpan Checked = TimeSpan.FromSeconds(3);

    public async IAsyncEnumerable<LogLines> FollowAsync(Guid releaseId, Guid attemptId, long first)
    {
        var checkedAt = time.GetTimestamp();
        var gone = http.HttpContext?.RequestAborted ?? CancellationToken.None;
        using var grown = new SemaphoreSlim(0);
        using var subscription = changes.Subscribe(change =>
        {
            if (change is Change.Log log ? log.AttemptId == attemptId : change is Change.Release)
                grown.Release();
        });
        while (true)
        {
            // Asked before reading: what is written before the end is then read after it.
            var isOver = await IsOverAsync(attemptId, gone);
            await foreach (var chunk in logs.ReadAsync(attemptId, first, gone))
            {
                yield return chunk;
                first = chunk.First + chunk.Lines.Count;
            }
            if (isOver)
                yield break;
            if (time.GetElapsedTime(checkedAt) > Checked)
            {
                if (!await MaySeeAsync(releaseId, gone))
                    yield break;
                checkedAt = time.GetTimestamp();
            }
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(gone);
            await Task.WhenAny(grown.WaitAsync(pause.Token), Task.Delay(Interval, time, pause.Token));
            await pause.CancelAsync();
            gone.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> MaySeeAsync(Guid releaseId, CancellationToken cancellationToken)
    {
        var actor = http.HttpContext?.Features.Get<TokenOwner>() is { } owner
            ? (await tokens.FindAgainAsync(owner, cancellationToken))?.Actor
            : await current.GetAsync(cancellationToken);
        return actor is not null && await projects.OfReleaseAsync(releaseId, cancellationToken) is { } project && actor.May(Permission.SeeProject, project);
    }

    private async Task<bool> IsOverAsync(Guid attemptId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Attempts.AnyAsync(attempt => attempt.Id == attemptId && attempt.FinishedAt != null, cancellationToken);
    }
}
