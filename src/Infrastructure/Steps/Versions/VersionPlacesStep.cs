using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Versions;

/// <summary>
/// Writes the version wherever else the repository names it: documentation, README, and what the tests expect. A project
/// that wants people to do that keeps it to the comparison that follows.
/// </summary>
internal sealed class VersionPlacesStep(ReleaseWorkspaces workspaces) : IStep
{
    public StepKindDescription Description { get; } = new("version.set_places", "Sets the version wherever else it is named.", StepEffect.Local)
    {
        Inputs = [new InputDescription("version", ValueKind.Text, "The version to write.", Required: true)],
        Outputs =
        [
            new OutputDescription("places", ValueKind.Text, "How many places name the version."),
            new OutputDescription("diff", ValueKind.Text, "The changes."),
        ],
    };

    /// <summary>The places of a project, with what its tests expect.</summary>
    public static IReadOnlyList<VersionMention> Mentions(ProjectSettings settings) =>
    [
        .. settings.VersionPlaces.Select(place => new VersionMention(place.Path, null, place.Pattern, VersionExpectation.Current)),
        .. settings.TestsVersionFile is { } tests ? [new VersionMention(tests, null, settings.TestsVersionPattern, VersionExpectation.Current)] : Array.Empty<VersionMention>(),
    ];

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (NothingToDo(context.Facts.Project.Settings) is { } reason)
            return new Observation.Done(Evidence.Of(new EvidenceItem("places", EvidenceKind.Text, reason)));
        var files = await ReadAsync(context, cancellationToken);
        if (!files.IsOk)
            return new Observation.Failed(files.Error);
        return files.Value.All(file => file.Current == file.After) ? new Observation.Done(Proof(files.Value)) : new Observation.NotDone();
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var settings = context.Facts.Project.Settings;
        if (NothingToDo(settings) is { } reason)
            return Task.FromResult(StepPlan.Empty with { Note = $"Nothing to do: {reason}." });
        var version = PythonVersion.Parse(context.Inputs.Required("version"));
        var groups = Mentions(settings).GroupBy(mention => mention.Path).ToList();
        return Task.FromResult(new StepPlan(
            [.. groups.Select(file => new PlanLine(PlanPhase.Act, $"set the version in {file.Key} to {version}", file.Count() == 1 ? "1 place" : $"{file.Count()} places"))],
            [.. groups.Select(file => Planned(context, file, version)).OfType<PlannedFileChange>()]));
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var files = await ReadAsync(context, cancellationToken);
        if (!files.IsOk)
            return new ActResult.Failed(files.Error);
        foreach (var file in files.Value.Where(file => file.Current != file.After))
        {
            WorkspaceFile.Write(Path.Combine(context.Workspace, "repository"), file.Path, file.After);
            context.Log.Write($"{file.Path}: set to {context.Inputs.Required("version")}");
        }
        return new ActResult.Acted(Proof(files.Value));
    }

    private static string? NothingToDo(ProjectSettings settings) =>
        !settings.SetVersionPlaces ? "people set the version in documentation and tests"
        : Mentions(settings).Count == 0 ? "nothing else names the version"
        : null;

    private static PlannedFileChange? Planned(PlanContext context, IEnumerable<VersionMention> mentions, PythonVersion version)
    {
        var path = mentions.First().Path;
        if (context.Checkout is not { } root || WorkspaceFile.Read(root, path) is not { IsOk: true } file)
            return null;
        return ReplaceAll(mentions, file.Value, version) is { IsOk: true } after && after.Value != file.Value
            ? new PlannedFileChange(path, file.Value, after.Value)
            : null;
    }

    private static Result<string, StepError> ReplaceAll(IEnumerable<VersionMention> mentions, string text, PythonVersion version)
    {
        foreach (var mention in mentions)
        {
            var replaced = VersionEdit.Replace(mention, text, version);
            if (!replaced.IsOk)
                return replaced.Error;
            text = replaced.Value.Text;
        }
        return text;
    }

    private static Evidence Proof(IReadOnlyCollection<PlacesFile> files) => Evidence.Of(
        new EvidenceItem("places", EvidenceKind.Text, $"{files.Sum(file => file.Places)} in {string.Join(", ", files.Select(file => file.Path))}"),
        new EvidenceItem("diff", EvidenceKind.Diff, string.Concat(files.Where(file => file.Committed != file.After).Select(file => UnifiedDiff.Of(file.Path, file.Committed, file.After)))));

    private async Task<Result<IReadOnlyCollection<PlacesFile>, StepError>> ReadAsync(StepContext context, CancellationToken cancellationToken)
    {
        var version = GitInputs.Version(context.Inputs, "version");
        var opened = await workspaces.OpenAsync(context, cancellationToken);
        if (!version.IsOk || !opened.IsOk)
            return (version.Error ?? opened.Error)!;
        var files = new List<PlacesFile>();
        foreach (var group in Mentions(context.Facts.Project.Settings).GroupBy(mention => mention.Path))
        {
            var current = WorkspaceFile.Read(opened.Value.Path, group.Key);
            if (!current.IsOk)
                return current.Error;
            var after = ReplaceAll(group, current.Value, version.Value);
            if (!after.IsOk)
                return after.Error;
            var committed = await opened.Value.ReadFileAsync(Revision.Head, group.Key, cancellationToken);
            if (!committed.IsOk)
                return GitStepErrors.Of(committed.Error, cancellationToken);
            files.Add(new PlacesFile(group.Key, committed.Value ?? "", current.Value, after.Value, group.Count()));
        }
        return Result<IReadOnlyCollection<PlacesFile>, StepError>.Ok(files);
    }

    /// <summary>A file that names the version: as committed, as it is, and as it will be.</summary>
    private sealed record PlacesFile(string Path, string Committed, string Current, string After, int Places);
}
