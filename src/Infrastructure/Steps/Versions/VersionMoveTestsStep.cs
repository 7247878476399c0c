using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Versions;

/// <summary>Makes the tests ask for the next version, so that the released one cannot be built twice by mistake.</summary>
internal sealed class VersionMoveTestsStep(ReleaseWorkspaces workspaces) : IStep
{
    public StepKindDescription Description { get; } = new("version.move_tests", "Moves the version the tests ask for.", StepEffect.Local)
    {
        Inputs =
        [
            new InputDescription("version", ValueKind.Text, "The version the tests ask for from then on.", Required: true),
            new InputDescription("mode", ValueKind.Text, "Next moves it, equal keeps it.", Default: new InputValue.Text("next"), Choices: ["next", "equal"]),
        ],
        Outputs =
        [
            new OutputDescription("before", ValueKind.Text, "The version the tests asked for."),
            new OutputDescription("after", ValueKind.Text, "The version they ask for now."),
            new OutputDescription("file", ValueKind.Text, "File and line."),
            new OutputDescription("diff", ValueKind.Text, "The change."),
        ],
    };

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (NothingToDo(context.Facts.Project.Settings, context.Inputs) is { } reason)
            return new Observation.Done(Evidence.Of(new EvidenceItem("after", EvidenceKind.Text, reason)));
        var edit = await ReadAsync(context, cancellationToken);
        if (!edit.IsOk)
            return new Observation.Failed(edit.Error);
        return edit.Value.IsDone ? new Observation.Done(edit.Value.Proof) : new Observation.NotDone();
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var settings = context.Facts.Project.Settings;
        if (NothingToDo(settings, context.Inputs) is { } reason)
            return Task.FromResult(StepPlan.Empty with { Note = $"Nothing to do: {reason}." });
        var version = PythonVersion.Parse(context.Inputs.Required("version"));
        return Task.FromResult(new StepPlan(
            [new PlanLine(PlanPhase.Act, $"set the version in {settings.TestsVersionFile} to {version}", "it stands there exactly once")],
            VersionEdit.Planned(context, Mention(settings), version)));
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var edit = await ReadAsync(context, cancellationToken);
        if (!edit.IsOk)
            return new ActResult.Failed(edit.Error);
        WorkspaceFile.Write(Path.Combine(context.Workspace, "repository"), edit.Value.Path, edit.Value.After);
        context.Log.Write($"{edit.Value.Path}:{edit.Value.Line}: {edit.Value.Before} → {edit.Value.Version}");
        return new ActResult.Acted(edit.Value.Proof);
    }

    private static string? NothingToDo(ProjectSettings settings, StepInputs inputs) =>
        inputs.Text("mode") == "equal" ? "the project keeps the tests' version equal"
        : settings.TestsVersionFile is null ? "the tests of this project expect no version"
        : null;

    private static VersionMention Mention(ProjectSettings settings) =>
        new(settings.TestsVersionFile!, null, settings.TestsVersionPattern, VersionExpectation.Next);

    private async Task<Result<VersionEdit, StepError>> ReadAsync(StepContext context, CancellationToken cancellationToken)
    {
        var version = GitInputs.Version(context.Inputs, "version");
        var opened = await workspaces.OpenAsync(context, cancellationToken);
        return version.IsOk && opened.IsOk
            ? await VersionEdit.ReadAsync(opened.Value, Mention(context.Facts.Project.Settings), version.Value, cancellationToken)
            : (version.Error ?? opened.Error)!;
    }
}
