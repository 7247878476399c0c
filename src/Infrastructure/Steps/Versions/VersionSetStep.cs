using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Versions;

/// <summary>Writes a version into the version constant; shown as a diff, committed by a later step.</summary>
internal sealed class VersionSetStep(ReleaseWorkspaces workspaces) : IStep
{
    public StepKindDescription Description { get; } = new("version.set", "Sets the version constant.", StepEffect.Local)
    {
        Inputs =
        [
            new InputDescription("file", ValueKind.Text, "The file that holds the constant.", Required: true),
            new InputDescription("constant", ValueKind.Text, "Its name.", Required: true),
            new InputDescription("version", ValueKind.Text, "The version to write.", Required: true),
        ],
        Outputs =
        [
            new OutputDescription("before", ValueKind.Text, "The version before."),
            new OutputDescription("after", ValueKind.Text, "The version after."),
            new OutputDescription("file", ValueKind.Text, "File and line."),
            new OutputDescription("diff", ValueKind.Text, "The change."),
        ],
    };

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var edit = await ReadAsync(context, cancellationToken);
        if (!edit.IsOk)
            return new Observation.Failed(edit.Error);
        return edit.Value.IsDone ? new Observation.Done(edit.Value.Proof) : new Observation.NotDone();
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var version = PythonVersion.Parse(context.Inputs.Required("version"));
        return Task.FromResult(new StepPlan(
            [new PlanLine(PlanPhase.Act, $"set {context.Inputs.Required("constant")} in {context.Inputs.Required("file")} to {version}", "the constant is set exactly once")],
            VersionEdit.Planned(context, Mention(context.Inputs), version)));
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var edit = await ReadAsync(context, cancellationToken);
        if (!edit.IsOk)
            return new ActResult.Failed(edit.Error);
        WorkspaceFile.Write(RepositoryOf(context), edit.Value.Path, edit.Value.After);
        context.Log.Write($"{edit.Value.Path}:{edit.Value.Line}: {edit.Value.Before} → {edit.Value.Version}");
        return new ActResult.Acted(edit.Value.Proof);
    }

    private static string RepositoryOf(StepContext context) => Path.Combine(context.Workspace, "repository");

    private static VersionMention Mention(StepInputs inputs) =>
        new(inputs.Required("file"), inputs.Required("constant"), null, VersionExpectation.Current);

    private async Task<Result<VersionEdit, StepError>> ReadAsync(StepContext context, CancellationToken cancellationToken)
    {
        var version = GitInputs.Version(context.Inputs, "version");
        var opened = await workspaces.OpenAsync(context, cancellationToken);
        return version.IsOk && opened.IsOk
            ? await VersionEdit.ReadAsync(opened.Value, Mention(context.Inputs), version.Value, cancellationToken)
            : (version.Error ?? opened.Error)!;
    }
}
