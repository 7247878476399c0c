using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Infrastructure.Audit.Verifying;

namespace ReleaseDashboard.Web.Audit;

/// <summary>One verification as the page shows it: how far, how fast, how long still. Told from the readers' threads.</summary>
public sealed class VerifyRun(TimeProvider time) : IProgress<AuditProgress>
{
    private readonly long _begun = time.GetTimestamp();
    private AuditProgress? _last;

    public AuditVerification? Verdict { get; private set; }

    /// <summary>From the start to the verdict.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>How far it is; null until the first entries were read, or while another verification runs.</summary>
    public AuditProgress? Progress => Volatile.Read(ref _last);

    /// <summary>Per cent, 0 to 100.</summary>
    public int Percent => Progress is { Total: > 0 } at ? (int)(at.Done * 100 / at.Total) : 0;

    /// <summary>Entries a second so far.</summary>
    public double Rate => Progress is { } at && time.GetElapsedTime(_begun).TotalSeconds is > 0 and var seconds ? at.Done / seconds : 0;

    /// <summary>How long it still takes at this speed; null while that cannot be said.</summary>
    public TimeSpan? Left => Progress is { } at && Rate > 0 ? TimeSpan.FromSeconds((at.Total - at.Done) / Rate) : null;

    public void Report(AuditProgress value)
    {
        // Two readers may tell in the wrong order; it only goes forwards.
        if (Progress is not { } before || before.Done < value.Done)
            Volatile.Write(ref _last, value);
    }

    public void Finish(AuditVerification verdict) => (Verdict, Took) = (verdict, time.GetElapsedTime(_begun));
}
