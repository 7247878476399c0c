using System.Globalization;

namespace ReleaseDashboard.Core.Freezes;

/// <summary>A time in which nothing is published: a window with an end, or a lock until somebody lifts it.</summary>
/// <param name="ProjectId">The project, or null for all of them.</param>
/// <param name="Until">Its planned end; null for a lock.</param>
/// <param name="LiftedAt">When it was lifted before its end.</param>
public sealed record Freeze(Guid Id, Guid? ProjectId, string Reason, DateTimeOffset From, DateTimeOffset? Until, DateTimeOffset? LiftedAt)
{
    public bool IsLock => Until is null;

    /// <summary>Whether it will stop or stops anything from now on.</summary>
    public bool IsOver(DateTimeOffset now) => LiftedAt is not null || Until <= now;

    public bool IsInForce(DateTimeOffset now) => From <= now && !IsOver(now);

    public bool Concerns(Guid projectId) => ProjectId is null || ProjectId == projectId;

    /// <summary>What a step that waits for it says.</summary>
    public string Words => $"Frozen until {End}: {Why}";

    /// <summary>What is said of it before it begins.</summary>
    public string Planned => $"From {Utc(From)} until {End}: {Why}";

    private string End => Until is { } end ? Utc(end) : "somebody lifts it";

    private string Why => Reason.TrimEnd('.', ' ');

    private static string Utc(DateTimeOffset at) => at.ToUniversalTime().ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
