using System.Collections.Immutable;
using ReleaseDashboard.Sandbox.Effects;

namespace ReleaseDashboard.Sandbox.State;

public sealed record PullRequest
{
    public required int Id { get; init; }

    public required int Number { get; init; }

    public required string Title { get; init; }

    public string? Body { get; init; }

    public required string Head { get; init; }

    public required string HeadSha { get; init; }

    public required string Base { get; init; }

    /// <summary>Base commit while open, and the base's commit right before the merge afterwards.</summary>
    public required string BaseSha { get; init; }

    public required string Author { get; init; }

    public bool Draft { get; init; }

    public bool Open { get; init; } = true;

    public string? MergeCommit { get; init; }

    public string? MergedBy { get; init; }

    public DateTimeOffset? MergedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public ImmutableList<Review> Reviews { get; init; } = [];

    public ImmutableList<string> Labels { get; init; } = [];

    internal PullRequest Merged(Merging merging, DateTimeOffset now) => this with
    {
        Open = false,
        BaseSha = merging.BaseSha,
        MergeCommit = merging.Commit,
        MergedBy = merging.Actor,
        MergedAt = now,
        ClosedAt = now,
        UpdatedAt = now,
    };
}

/// <summary>An effect that goes with a change of the document, written with it so that a crash cannot part them.</summary>
/// <param name="After">How many entries the log had before.</param>
/// <param name="Effect">The effect to be logged.</param>
public sealed record Owed(int After, Effect Effect);

/// <param name="Number">The pull request.</param>
/// <param name="BaseSha">What the base branch held before.</param>
/// <param name="Commit">What it holds once merged.</param>
/// <param name="Actor">Who merges.</param>
public sealed record Merging(int Number, string BaseSha, string Commit, string Actor);

/// <param name="State"><c>PENDING</c>, <c>COMMENTED</c>, <c>APPROVED</c>, <c>CHANGES_REQUESTED</c> or <c>DISMISSED</c>.</param>
public sealed record Review(int Id, string Author, string State, string Body, string Commit, DateTimeOffset? SubmittedAt);

public sealed record Release
{
    public required int Id { get; init; }

    public required string Tag { get; init; }

    public required string Target { get; init; }

    public string? Name { get; init; }

    public string? Body { get; init; }

    public required bool Draft { get; init; }

    public required bool Prerelease { get; init; }

    public required string Author { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public ImmutableList<Asset> Assets { get; init; } = [];
}

/// <param name="Digest">Hash of the bytes, as <c>sha256:...</c>.</param>
public sealed record Asset(
    int Id, string Name, string? Label, string ContentType, long Size, string Digest, string Uploader, DateTimeOffset CreatedAt, int Downloads);

public sealed record CommitStatus(
    int Id, string Sha, string State, string Context, string? Description, string? TargetUrl, string Creator, DateTimeOffset CreatedAt);

public sealed record Hook(int Id, string Url, string? Secret, ImmutableList<string> Events, bool Active, DateTimeOffset CreatedAt);

public sealed record CheckRun
{
    public required int Id { get; init; }

    public required int Suite { get; init; }

    public required string Name { get; init; }

    public required string Sha { get; init; }

    public required string Status { get; init; }

    public string? Conclusion { get; init; }

    public string? DetailsUrl { get; init; }

    public string? ExternalId { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public string? Title { get; init; }

    public string? Summary { get; init; }

    public string? Text { get; init; }

    public ImmutableList<Annotation> Annotations { get; init; } = [];

    /// <summary>Path of the workflow whose job it is; null when it is no job.</summary>
    public string? Workflow { get; init; }

    /// <summary>What the script makes of it in time; null when a client or a workflow drives the run.</summary>
    public CheckPlan? Plan { get; init; }
}

/// <summary>When a scripted run starts and ends, and how.</summary>
public sealed record CheckPlan(DateTimeOffset StartAt, DateTimeOffset EndAt, string Conclusion, string? Output, Annotation? Annotation);

/// <summary>A remark of a check on a line of a file.</summary>
public sealed record Annotation(string Path, int StartLine, int EndLine, string AnnotationLevel, string Message, string? Title = null);
