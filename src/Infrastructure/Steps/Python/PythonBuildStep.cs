using System.Globalization;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Python;

/// <summary>Builds the package once, from a clean checkout of one commit, and checks it. Every later step moves those bytes.</summary>
internal sealed class PythonBuildStep(ReleaseWorkspaces workspaces, StepProcess process) : IStep
{
    public StepKindDescription Description { get; } = new("python.build", "Builds the package from a clean checkout.", StepEffect.Local)
    {
        Inputs =
        [
            new InputDescription("commit", ValueKind.Text, "The commit to build.", Required: true),
            new InputDescription("command", ValueKind.List, "Arguments of the interpreter, one each; --outdir is added, except to setup.py.", Required: true),
            PythonVariables.FromTag,
            new InputDescription("version_file", ValueKind.Text, "File that the build writes the version into; it is looked for in what was built."),
            new InputDescription("needs_wheel", ValueKind.Flag, "Whether a wheel must be built beside the source package.", Default: new InputValue.Flag(false)),
            new InputDescription("source_only", ValueKind.Flag, "Whether anything but a source package is refused.", Default: new InputValue.Flag(true)),
        ],
        Outputs =
        [
            new OutputDescription("file", ValueKind.Text, "Name of the file in the release's dist folder."),
            new OutputDescription("sha256", ValueKind.Text, "Its SHA-256, lower-case hex."),
            new OutputDescription("size", ValueKind.Text, "Its size in bytes."),
            new OutputDescription("commit", ValueKind.Text, "The commit it was built from."),
            new OutputDescription("wheel", ValueKind.Text, "Name of the wheel, where one was built."),
            new OutputDescription("wheel_sha256", ValueKind.Text, "Its SHA-256, lower-case hex."),
        ],
    };

    public Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var built = BuiltFile.Read(context.Workspace);
        if (built is null || built.Commit != context.Inputs.Required("commit") || built.Version != context.Facts.Version.ToString())
            return Task.FromResult<Observation>(new Observation.NotDone());
        return Task.FromResult<Observation>(built.IsIntact(context.Workspace)
            ? new Observation.Done(Proof(built))
            : new Observation.Different(
                new StepError(
                    "file-changed", $"{built.File} is not what was built.", "Its bytes are gone or differ from the SHA-256 that was recorded.",
                    "Find out what changed it in the workspace. Aborting the release removes the workspace."),
                Proof(built)));
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var settings = context.Facts.Project.Settings;
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, "read built.json", "not built from this commit yet"),
                new PlanLine(PlanPhase.Act, $"$ git worktree add --detach -- build {context.Inputs.Required("commit")}"),
                new PlanLine(PlanPhase.Act, $"$ {CommandText.Display(settings.Python, Arguments(context.Inputs, "dist"))}",
                    context.Inputs.Flag("source_only") ? "one source package and nothing else" : "a source package"),
                new PlanLine(PlanPhase.Act, $"$ {CommandText.Display(settings.Python, ["-m", "twine", "check", "--strict", $"dist/{SourcePackage.UsualName(context.Facts)}"])}", "PASSED"),
                new PlanLine(PlanPhase.Verify, $"sha256 of dist/{SourcePackage.UsualName(context.Facts)}"),
            ],
            []) { Environment = [.. PythonVariables.Shown(settings), .. context.Inputs.Flag(PythonVariables.FromTag.Name) ? new[] { $"{PythonVariables.ScmVersion}={context.Facts.Version}" } : []] });
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var commit = GitInputs.Commit(context.Inputs, "commit");
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!commit.IsOk || !workspace.IsOk)
            return new ActResult.Failed((commit.Error ?? workspace.Error)!);
        var checkout = await workspace.Value.CheckoutAsync(commit.Value, cancellationToken);
        if (!checkout.IsOk)
            return new ActResult.Failed(checkout.Error);
        BuiltFile.Forget(context.Workspace);
        Clear(workspace.Value.Dist, checkout.Value.Path);

        var built = await BuildAsync(context, workspace.Value, cancellationToken);
        if (!built.IsOk)
            return new ActResult.Failed(built.Error);
        var wheel = Wheels.Find(context.Facts, workspace.Value.Dist);
        if (!wheel.IsOk)
            return new ActResult.Failed(wheel.Error);
        if (wheel.Value is null && context.Inputs.Flag("needs_wheel"))
            return new ActResult.Failed(Wheels.Missing(context.Facts));
        List<string> paths = [ReleaseWorkspace.DistFile(context.Workspace, built.Value), .. wheel.Value is { } name ? new[] { ReleaseWorkspace.DistFile(context.Workspace, name) } : []];
        if (VersionFile.Fault(paths, context.Inputs.Text("version_file"), context.Facts.Version.ToString()) is { } missing)
            return new ActResult.Failed(missing);
        if (await CheckAsync(context, paths, cancellationToken) is { } fault)
            return new ActResult.Failed(fault);
        var file = new BuiltFile(commit.Value.Value, context.Facts.Version.ToString(), built.Value, BuiltFile.Hash(paths[0]), new FileInfo(paths[0]).Length)
        {
            Wheel = wheel.Value is { } wheelFile ? new BuiltWheel(wheelFile, BuiltFile.Hash(paths[1]), new FileInfo(paths[1]).Length) : null,
        };
        BuiltFiles.Keep(context, paths[0], file.Sha256);
        if (file.Wheel is { } kept)
            BuiltFiles.Keep(context, paths[1], kept.Sha256);
        file.Write(context.Workspace);
        return new ActResult.Acted(Proof(file));
    }

    /// <returns>The name of the source package.</returns>
    private async Task<Result<string, StepError>> BuildAsync(StepContext context, ReleaseWorkspace workspace, CancellationToken cancellationToken)
    {
        var command = new ProcessCommand(
            context.Facts.Project.Settings.Python, Arguments(context.Inputs, workspace.Dist), workspace.Build, PythonVariables.For(context.Facts, context.Inputs));
        var outcome = await process.RunAsync(context, command, cancellationToken);
        if (!outcome.Succeeded)
        {
            return new StepError("build-failed", "The package could not be built.", outcome.Ending,
                "See the lines. Repair the cause on the branch and start the release again; if the index was at fault, retry.", outcome.Outcome.Tail);
        }
        // setup.py knows no --outdir, and every of its commands would need a folder of its own: it builds into the checkout.
        if (IsSetup(context.Inputs) && Path.Combine(workspace.Build, "dist") is var made && Directory.Exists(made))
        {
            foreach (var file in Directory.EnumerateFiles(made))
                File.Move(file, Path.Combine(workspace.Dist, Path.GetFileName(file)), overwrite: true);
        }
        return SourcePackage.Find(context.Facts, Directory.EnumerateFiles(workspace.Dist).Select(path => Path.GetFileName(path)), context.Inputs.Flag("source_only"));
    }

    private static IReadOnlyList<string> Arguments(StepInputs inputs, string dist) =>
        IsSetup(inputs) ? inputs.List("command") : [.. inputs.List("command"), "--outdir", dist];

    private static bool IsSetup(StepInputs inputs) => inputs.List("command") is ["setup.py", ..];

    private async Task<StepError?> CheckAsync(StepContext context, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var command = new ProcessCommand(
            context.Facts.Project.Settings.Python, ["-m", "twine", "check", "--strict", .. paths], context.Workspace, PythonVariables.For(context.Facts));
        var outcome = await process.RunAsync(context, command, cancellationToken);
        return outcome.Succeeded ? null : new StepError(
            "twine-check-failed", "twine refuses the package.", outcome.Ending,
            "Usually the long description is missing or cannot be rendered. Repair it on the branch and start the release again.", outcome.Lines);
    }

    // Left over from an earlier attempt, or committed by mistake: neither may get into the package.
    private static void Clear(string dist, string checkout)
    {
        if (Directory.Exists(dist))
            Directory.Delete(dist, recursive: true);
        Directory.CreateDirectory(dist);
        foreach (var folder in Directory.EnumerateDirectories(checkout, "*.egg-info").Append(Path.Combine(checkout, "dist")).Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    private static Evidence Proof(BuiltFile file) => Evidence.Of(
    [
        new EvidenceItem("file", EvidenceKind.File, file.File),
        new EvidenceItem("sha256", EvidenceKind.Sha256, file.Sha256),
        new EvidenceItem("size", EvidenceKind.Text, file.Size.ToString(CultureInfo.InvariantCulture)),
        new EvidenceItem("commit", EvidenceKind.Commit, file.Commit),
        new EvidenceItem("twine", EvidenceKind.Check, "twine check --strict passed"),
        .. file.Wheel is { } wheel
            ? new[] { new EvidenceItem("wheel", EvidenceKind.File, wheel.File), new EvidenceItem("wheel_sha256", EvidenceKind.Sha256, wheel.Sha256), new EvidenceItem("wheel_size", EvidenceKind.Text, wheel.Size.ToString(CultureInfo.InvariantCulture)) }
            : [],
    ]);
}
