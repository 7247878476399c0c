namespace ReleaseDashboard.Web.Components.Stages;

/// <param name="Actor">The person who did it; null when a machine did.</param>
/// <param name="Text">What happened, starting in lower case when there is an actor.</param>
public sealed record TimelineEntry(DateTimeOffset At, string? Actor, string Text);
