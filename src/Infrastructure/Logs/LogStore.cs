using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Logs;

/// <summary>Stores and reads the logs of attempts, in chunks of lines.</summary>
public sealed class LogStore(LedgerStore ledger, ChangeFeed changes)
{
    /// <summary>Appends lines after the last one. One writer an attempt: the holder of its lease.</summary>
    /// <param name="firstLine">Number of the first of these lines, from 1.</param>
    public async Task AppendAsync(Guid attemptId, long firstLine, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        await ledger.AppendAsync(
            async db =>
            {
                db.LogChunks.Add(new LogChunkRecord
                {
                    AttemptId = attemptId,
                    FirstLine = firstLine,
                    Lines = lines.Count,
                    Text = string.Concat(lines.Select(line => line + '\n')),
                });
                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        changes.Publish(new Change.Log(attemptId));
    }

    /// <summary>Lines from <paramref name="fromLine"/> on, in chunks as they were stored; the first chunk is cut to begin there.</summary>
    public async IAsyncEnumerable<LogLines> ReadAsync(
        Guid attemptId, long fromLine, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        // The chunk that holds the line begins at or before it.
        var start = await db.LogChunks.Where(chunk => chunk.AttemptId == attemptId && chunk.FirstLine <= fromLine)
            .MaxAsync(chunk => (long?)chunk.FirstLine, cancellationToken) ?? fromLine;
        var chunks = db.LogChunks.Where(chunk => chunk.AttemptId == attemptId && chunk.FirstLine >= start)
            .OrderBy(chunk => chunk.FirstLine).AsAsyncEnumerable();
        await foreach (var chunk in chunks.WithCancellation(cancellationToken))
        {
            var lines = chunk.Text.Split('\n')[..chunk.Lines];
            var skip = (int)Math.Clamp(fromLine - chunk.FirstLine, 0, lines.Length);
            if (skip < lines.Length)
                yield return new LogLines(chunk.FirstLine + skip, lines[skip..]);
        }
    }

    /// <summary>How many lines are stored.</summary>
    public async Task<long> CountAsync(Guid attemptId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.LogChunks.Where(chunk => chunk.AttemptId == attemptId)
            .OrderByDescending(chunk => chunk.FirstLine)
            .Select(chunk => chunk.FirstLine + chunk.Lines - 1)
            .FirstOrDefaultAsync(cancellationToken);
    }
}

/// <summary>Some lines of a log.</summary>
/// <param name="First">Number of the first of them, from 1.</param>
public sealed record LogLines(long First, IReadOnlyList<string> Lines);
