namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A question or remark of a person on a step.</summary>
public sealed class CommentRecord
{
    public required Guid Id { get; init; }
    public required Guid ReleaseId { get; init; }
    public required string StepKey { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Text { get; init; }

    /// <summary>Whether it asks something that others should answer.</summary>
    public bool IsQuestion { get; init; }

    /// <summary>The question it answers, or null.</summary>
    public Guid? Answers { get; init; }

    /// <summary>Sign-in names that it mentions with <c>@</c>.</summary>
    public List<string> Mentions { get; init; } = [];
}
