using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Python;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Python;
using ReleaseDashboard.Infrastructure.Steps.Versions;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>Installs the package from the index in an empty environment, and runs it once.</summary>
internal sealed class PyPIInstallStep(PackageIndexes indexes, StepProcess processes, ReleaseWorkspaces workspaces, TimeProvider time) : IStep
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>pip's view of an index lags behind an upload: for so long the file is looked for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public StepKindDescription Description { get; } = new("pypi.install", "Installs the package in an empty environment and tries it", StepEffect.Local)
    {
        Inputs =
        [
            IndexChoice.Input,
            new InputDescription("package", ValueKind.Text, "The package", Required: true),
            new InputDescription("version", ValueKind.Text, "The version", Required: true),
            new InputDescription("sha256", ValueKind.Text, "The hash that the file must have", Required: true),
            new InputDescription("smoke_command", ValueKind.List, "Run after the install", Default: new InputValue.List([])),
        ],
        Outputs = [new OutputDescription("smoke", ValueKind.Text, "What the command said")],
    };

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken) =>
        Task.FromResult(InstallPlan.Of(context.Facts.Project.Settings, context.Inputs));

    /// <summary>What is installed here is thrown away, so it is always done anew.</summary>
    public Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult<Observation>(new Observation.NotDone());

    public Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken) =>
        Task.FromResult<Observation>(new Observation.Done(acted));

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = context.Facts.Project.Settings;
        var index = IndexChoice.Of(context.Inputs, settings);
        var file = await FindAsync(context, index, cancellationToken);
        if (!file.IsOk)
            return new ActResult.Failed(file.Error);

        var place = new InstallPlace(context.Workspace, context.Inputs.Required("index"));
        place.Clear();
        if (!index.IsOrdinary(settings))
        {
            context.Log.Write($"GET {file.Value.Url}");
            var saved = await indexes.Client.DownloadAsync(file.Value.Url, context.Inputs.Required("sha256"), place.Download(file.Value.FileName), cancellationToken);
            if (!saved.IsOk)
                return new ActResult.Failed(IndexFinding.Unseen(index, saved.Error));
        }

        if (await MissingCheckoutAsync(context, cancellationToken) is { } missing)
            return new ActResult.Failed(missing);
        foreach (var command in InstallPlan.Commands(context, place, index, file.Value.FileName))
        {
            var run = await processes.RunAsync(context, command, cancellationToken);
            if (!run.Succeeded)
                return new ActResult.Failed(NotInstalled(context, index, run));
        }
        return await SmokeAsync(context, place, file.Value, cancellationToken);
    }

    /// <summary>The project's requirements are read from the checkout that was built; a lost one is made again.</summary>
    private async Task<StepError?> MissingCheckoutAsync(StepContext context, CancellationToken cancellationToken)
    {
        var built = context.Outputs.Values.FirstOrDefault(evidence =>
            (evidence["sha256"] ?? "") == context.Inputs.Required("sha256") && evidence["commit"] is not null || evidence["wheel_sha256"] == context.Inputs.Required("sha256"));
        if (context.Facts.Project.Settings.Requirements is null || !CommitSha.TryParse(built?["commit"] ?? "", out var commit))
            return null;
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!workspace.IsOk)
            return workspace.Error;
        if (Directory.Exists(workspace.Value.Build))
            return null;
        var checkout = await workspace.Value.CheckoutAsync(commit, cancellationToken);
        return checkout.IsOk ? null : checkout.Error;
    }

    private async Task<Result<PackageFile, StepError>> FindAsync(StepContext context, IndexChoice index, CancellationToken cancellationToken)
    {
        var (package, sha256) = (context.Inputs.Required("package"), context.Inputs.Required("sha256"));
        var start = time.GetTimestamp();
        while (true)
        {
            var project = await indexes.Client.ProjectAsync(index.Index, package, cancellationToken);
            if (!project.IsOk)
                return IndexFinding.Unseen(index, project.Error);
            if (project.Value?.Files.FirstOrDefault(file => file.Sha256 == sha256) is { } found)
                return found;
            if (time.GetElapsedTime(start) >= Patience)
            {
                return new StepError(
                    "not-on-index",
                    $"{package} {context.Inputs.Required("version")} with the built bytes is not on {index.Title}.",
                    $"{index.Index.SimpleUrl} lists no file with SHA-256 {sha256} after {Patience.TotalSeconds:0} s.",
                    "Look at the index. Retry when the file is shown there.");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<ActResult> SmokeAsync(StepContext context, InstallPlace place, PackageFile file, CancellationToken cancellationToken)
    {
        var version = context.Inputs.Required("version");
        var command = InstallPlan.Smoke(context, place);
        var run = await processes.RunAsync(context, command, cancellationToken);
        var shown = CommandText.Display(Path.GetFileName(command.FileName), command.Arguments);
        var output = string.Join('\n', run.Lines);
        var says = ShownVersion.IsIn(output, version);
        if (run.Succeeded && says)
        {
            return new ActResult.Acted(Evidence.Of(
                new EvidenceItem("smoke", EvidenceKind.Check, $"`{shown}` says {version}"),
                new EvidenceItem("sha256", EvidenceKind.Sha256, context.Inputs.Required("sha256")),
                new EvidenceItem("file", EvidenceKind.File, file.FileName, file.Url.AbsoluteUri)));
        }

        return new ActResult.Failed(new StepError(
            "smoke-failed",
            "The installed package does not work as it should.",
            run.Succeeded ? $"`{shown}` does not say {version}." : $"`{shown}`: {run.Ending}",
            "Read its output. When the package is broken, repair it and release under the next version.",
            [.. run.Lines.TakeLast(20)]));
    }

    private static StepError NotInstalled(StepContext context, IndexChoice index, StepProcessOutcome run) => new(
        "install-failed",
        $"{context.Inputs.Required("package")} {context.Inputs.Required("version")} cannot be installed from {index.Title}.",
        run.Lines.LastOrDefault(line => line.Contains("ERROR", StringComparison.Ordinal) || line.Contains("error:", StringComparison.Ordinal)) ?? run.Ending,
        "Read the last lines of pip. When the package is broken, repair it and release under the next version; when an index was away, retry.",
        [.. run.Lines.TakeLast(30)]);
}
