using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Infrastructure.Audit.Reading;

/// <summary>Takes one entry; what it points to is gone when the next one comes. Returns whether to go on.</summary>
internal delegate bool RawAuditReader(in RawAuditEntry entry);

/// <summary>Reads entries as bytes, without objects in between. One connection each; not for two threads at once.</summary>
internal interface IRawAuditSource : IDisposable
{
    /// <summary>Reads those entries in order of their sequence that are there.</summary>
    void Read(long first, long last, RawAuditReader reader, CancellationToken cancellationToken);
}
