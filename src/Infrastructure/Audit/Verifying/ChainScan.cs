using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Infrastructure.Audit.Reading;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit.Verifying;

/// <summary>Checks the chain from the first entry to the last, on as many processors as there are.</summary>
internal static class ChainScan
{
    /// <summary>Entries of one part: a whole number of subtrees and of spans of time.</summary>
    internal const long PartLength = 65_536;

    /// <param name="sizes">Sizes of trees that are asked for, ascending.</param>
    public static async Task<ChainScanned> RunAsync(LedgerStore ledger, long entries, long[] sizes, IProgress<AuditProgress>? listener, CancellationToken cancellationToken)
    {
        var count = (entries + PartLength - 1) / PartLength;
        var parts = new List<ChainPart>();
        var progress = new ConcurrentProgress(entries, listener);
        var (next, lowestBad) = (-1L, long.MaxValue);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readers = Enumerable.Range(0, (int)Math.Min(count, Environment.ProcessorCount))
            .Select(_ => Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();
        await Task.WhenAll(readers);
        cancellationToken.ThrowIfCancellationRequested();
        return Join(parts);

        // Ranges are handed out in order, so all before a bad one are read as well, and the first bad entry is found.
        void Read()
        {
            try
            {
                using var source = RawAuditSources.Open(ledger);
                while (Interlocked.Increment(ref next) is var at && at < count && at < Interlocked.Read(ref lowestBad))
                {
                    var part = new ChainPart((at * PartLength) + 1, Math.Min(entries, (at + 1) * PartLength), sizes);
                    part.Check(source, progress, ended.Token);
                    lock (parts)
                    {
                        parts.Add(part);
                        if (part.Bad is not null)
                            lowestBad = Math.Min(lowestBad, at);
                    }
                }
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                // Told to stop; whoever told knows why.
            }
            catch
            {
                ended.Cancel();
                throw;
            }
        }
    }

    private static ChainScanned Join(List<ChainPart> parts)
    {
        parts.Sort((one, other) => one.First.CompareTo(other.First));
        var (good, head) = (0L, AuditEntry.Genesis);
        var joined = new List<ChainPart>();
        foreach (var part in parts)
        {
            if (part.FirstPrevious is { } previous && previous != head)
                return new ChainScanned(good, head, joined, new BadEntry(part.First, BadEntryKind.Link));
            joined.Add(part);
            (good, head) = (part.LastGood, part.LastHash ?? head);
            if (part.Bad is { } bad)
                return new ChainScanned(good, head, joined, bad);
        }
        return new ChainScanned(good, head, joined, null);
    }
}

/// <summary>What reading the chain found.</summary>
/// <param name="Good">How many entries are good, from the first.</param>
/// <param name="Head">Hash of the last of them.</param>
/// <param name="Parts">The parts up to the first bad entry, in order.</param>
internal sealed record ChainScanned(long Good, string Head, IReadOnlyList<ChainPart> Parts, BadEntry? Bad);
