using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Web.Api;

/// <summary>Reads a log as it grows, until its attempt ends or the caller goes.</summary>
internal sealed class LogFollower(LedgerStore ledger, LogStore logs, ChangeFeed changes, TimeProvider time, IHttpContextAccessor http)
{
    // Lines that another process writes are not announced here.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<LogLines> FollowAsync(Guid attemptId, long first)
    {
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
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(gone);
            await Task.WhenAny(grown.WaitAsync(pause.Token), Task.Delay(Interval, time, pause.Token));
            await pause.CancelAsync();
            gone.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> IsOverAsync(Guid attemptId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Attempts.AnyAsync(attempt => attempt.Id == attemptId && attempt.FinishedAt != null, cancellationToken);
    }
}
