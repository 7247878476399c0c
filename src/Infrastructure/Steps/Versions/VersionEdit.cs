using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Versions;

/// <summary>One version in one file: what is committed, what stands there now, and what will stand there.</summary>
/// <param name="Committed">The file as HEAD has it; proofs compare with it, so they are the same after a crash.</param>
/// <param name="Current">The file as it is.</param>
/// <param name="After">The file with the version set.</param>
/// <param name="Line">Of the version, from 1.</param>
/// <param name="Before">The version as HEAD has it.</param>
/// <param name="Version">The version to set.</param>
internal sealed record VersionEdit(string Path, string Committed, string Current, string After, int Line, string Before, PythonVersion Version)
{
    public bool IsDone => Current == After;

    public Evidence Proof => Evidence.Of(
        new EvidenceItem("before", EvidenceKind.Text, Before),
        new EvidenceItem("after", EvidenceKind.Text, Version.ToString()),
        new EvidenceItem("file", EvidenceKind.File, string.Create(CultureInfo.InvariantCulture, $"{Path}:{Line}")),
        new EvidenceItem("diff", EvidenceKind.Diff, UnifiedDiff.Of(Path, Committed, After)));

    public static async Task<Result<VersionEdit, StepError>> ReadAsync(
        GitRepository repository, VersionMention mention, PythonVersion version, CancellationToken cancellationToken)
    {
        var current = WorkspaceFile.Read(repository.Path, mention.Path);
        if (!current.IsOk)
            return current.Error;
        var committed = await repository.ReadFileAsync(Revision.Head, mention.Path, cancellationToken);
        if (!committed.IsOk)
            return GitStepErrors.Of(committed.Error, cancellationToken);
        var replaced = Replace(mention, current.Value, version);
        if (!replaced.IsOk)
            return replaced.Error;
        var before = Replace(mention, committed.Value ?? "", version);
        return new VersionEdit(
            mention.Path, committed.Value ?? "", current.Value, replaced.Value.Text, replaced.Value.Line,
            before.IsOk ? before.Value.Before : replaced.Value.Before, version);
    }

    /// <summary>The text with the version set; an error when it is not clear where.</summary>
    public static Result<VersionReplacement.Done, StepError> Replace(VersionMention mention, string text, PythonVersion version)
    {
        try
        {
            return mention.ReplaceIn(text, version) switch
            {
                VersionReplacement.Done done => done,
                VersionReplacement.Refused refused => Unclear(mention, $"In {mention.Path} {refused.Reason}."),
                var other => throw new InvalidOperationException($"Unknown answer {other}."),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            // A name or pattern that a person wrote into the settings.
            return Unclear(mention, exception.Message);
        }
    }

    /// <summary>The change for the plan, when a checkout is there to read.</summary>
    public static IReadOnlyList<PlannedFileChange> Planned(PlanContext context, VersionMention mention, PythonVersion version)
    {
        if (context.Checkout is not { } root || WorkspaceFile.Read(root, mention.Path) is not { IsOk: true } file)
            return [];
        return Replace(mention, file.Value, version) is { IsOk: true } replaced && replaced.Value.Text != file.Value
            ? [new PlannedFileChange(mention.Path, file.Value, replaced.Value.Text)]
            : [];
    }

    private static StepError Unclear(VersionMention mention, string why) => new(
        "version-not-found",
        $"The version in {mention.Path} cannot be set.",
        why,
        "Correct the file, or the name or pattern in the project's settings. Then start the release again.");
}
