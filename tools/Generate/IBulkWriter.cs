using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Generate;

/// <summary>Writes audit entries as fast as a database takes them.</summary>
internal interface IBulkWriter : IAsyncDisposable
{
    void Write(AuditEntry entry, string previousHash, string hash);

    /// <summary>Makes what was written stay, with the record of the end and the indexes.</summary>
    Task FinishAsync(long last, string hash, CancellationToken cancellationToken);
}
