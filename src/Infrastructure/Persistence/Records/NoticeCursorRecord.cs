namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>How far the audit trail was turned into notices: one row. Whoever moves it on has told what lies between.</summary>
public sealed class NoticeCursorRecord
{
    public const int Only = 1;

    public required int Id { get; init; }

    /// <summary>The last entry that was looked at.</summary>
    public required long Sequence { get; set; }
}
