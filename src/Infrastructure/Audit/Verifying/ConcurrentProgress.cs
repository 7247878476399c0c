namespace ReleaseDashboard.Infrastructure.Audit.Verifying;

/// <summary>How far a verification is.</summary>
public sealed record AuditProgress(long Done, long Total);

/// <summary>Adds up what several readers have read and tells it now and then.</summary>
internal sealed class ConcurrentProgress(long total, IProgress<AuditProgress>? listener)
{
    // Told this often per reader: some hundred times a second at full speed, which costs nothing beside the hashing.
    private const long Every = 8192;

    private long done;

    public void Count(long readByPart)
    {
        if (listener is not null && readByPart % Every == 0)
            Tell(Every);
    }

    public void Flush(ChainPart part)
    {
        if (listener is not null)
            Tell((part.LastGood - part.First + 1) % Every);
    }

    private void Tell(long more) => listener!.Report(new AuditProgress(Interlocked.Add(ref done, more), total));
}
