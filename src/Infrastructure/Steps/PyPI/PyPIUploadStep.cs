using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Python;
using ReleaseDashboard.Infrastructure.Steps.Python;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>Uploads the built file, once, with twine. Whether it is there is asked of the index, never of twine.</summary>
internal sealed class PyPIUploadStep(PackageIndexes indexes, StepProcess processes, UploadOptions options, TimeProvider time) : IStep
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>An index shows an upload a moment later: for so long it is looked for afterwards.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public StepKindDescription Description { get; } = new("pypi.upload", "Uploads the package", StepEffect.Outside)
    {
        Inputs =
        [
            IndexChoice.Input,
            new InputDescription("file", ValueKind.Text, "The file to upload", Required: true),
            new InputDescription("sha256", ValueKind.Text, "Its hash", Required: true),
            IndexChoice.Siblings,
        ],
        Outputs = [new OutputDescription("url", ValueKind.Text, "Where the index hands the file out")],
        Permanent = true,
    };

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var settings = context.Facts.Project.Settings;
        var index = IndexChoice.Of(context.Inputs, settings);
        var address = index.VersionAddress(settings.Package, context.Facts.Version.ToString());
        return Task.FromResult(new StepPlan(
            [
                .. index.IsProduction ? new[] { new PlanLine(PlanPhase.Check, "the approval names the same SHA-256", "approved") } : [],
                new PlanLine(PlanPhase.Check, $"$ sha256sum dist/{context.Inputs.Text("file")}", context.Inputs.Text("sha256")),
                new PlanLine(PlanPhase.Check, $"GET {address}", "404"),
                new PlanLine(PlanPhase.Act, "$ " + CommandText.Display(settings.Python, Arguments(["--repository-url", index.Address.Upload], $"dist/{context.Inputs.Text("file")}"))),
                new PlanLine(PlanPhase.Verify, $"GET {address}", "the same SHA-256"),
            ],
            [])
        {
            Environment = ["TWINE_USERNAME=__token__", "TWINE_PASSWORD=••••"],
            Note = "The file name is used up on the index for good.",
        });
    }

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var index = IndexChoice.Of(context.Inputs, context.Facts.Project.Settings);
        if (index.IsProduction && PublicationApproval.Missing(context, context.Inputs.Required("sha256")) is { } missing)
            return new Observation.Failed(missing);
        return await LookAsync(context, index, cancellationToken);
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = context.Facts.Project.Settings;
        var index = IndexChoice.Of(context.Inputs, settings);
        // Asked again, though observing asked: this is the last moment before what cannot be taken back.
        if (index.IsProduction && PublicationApproval.Missing(context, context.Inputs.Required("sha256")) is { } missing)
            return new ActResult.Failed(missing);
        if (Changed(context) is { } changed)
            return new ActResult.Failed(changed);
        var credential = await UploadCredential.FindAsync(context, index, options, cancellationToken);
        if (!credential.IsOk)
            return new ActResult.Failed(credential.Error);

        var file = BuiltFiles.Locate(context, context.Inputs.Required("file"), context.Inputs.Required("sha256"));
        var variables = PythonVariables.For(context.Facts);
        // Otherwise the messages of the index are broken into lines of 80 characters.
        variables["COLUMNS"] = "1000";
        variables["NO_COLOR"] = "1";
        foreach (var (name, value) in credential.Value.Environment)
            variables[name] = value;
        var run = await processes.RunAsync(
            context,
            new ProcessCommand(settings.Python, Arguments(credential.Value.Arguments, file), context.Workspace, variables, credential.Value.Secrets),
            cancellationToken);
        return run.Succeeded ? new ActResult.Acted() : await RefusedAsync(context, index, run, cancellationToken);
    }

    public async Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken)
    {
        var index = IndexChoice.Of(context.Inputs, context.Facts.Project.Settings);
        var start = time.GetTimestamp();
        while (true)
        {
            var seen = await LookAsync(context, index, cancellationToken);
            if (seen is not Observation.NotDone || time.GetElapsedTime(start) >= Patience)
                return seen;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<ActResult> RefusedAsync(StepContext context, IndexChoice index, StepProcessOutcome run, CancellationToken cancellationToken)
    {
        var answer = TwineAnswer.Of(run.Lines);
        var error = answer.ToError(index, run.Lines);
        // "Already there" may be our own bytes: an earlier upload whose answer was lost and that the index showed late.
        if (answer.FileExists && await LookAsync(context, index, cancellationToken) is Observation.Done or Observation.Different)
            return new ActResult.AnswerLost(error);
        return answer.IsLost ? new ActResult.AnswerLost(error) : new ActResult.Failed(error);
    }

    private async Task<Observation> LookAsync(StepContext context, IndexChoice index, CancellationToken cancellationToken)
    {
        var package = context.Facts.Project.Settings.Package;
        var version = context.Facts.Version.ToString();
        var found = await indexes.Client.VersionAsync(index.Index, package, version, cancellationToken);
        return found.IsOk
            ? IndexFinding.Of(index, found.Value, package, version, context.Inputs.Required("sha256"), context.Inputs.List(IndexChoice.Siblings.Name))
            : new Observation.Unknown(IndexFinding.Unseen(index, found.Error));
    }

    private static StepError? Changed(StepContext context)
    {
        var (name, sha256) = (context.Inputs.Required("file"), context.Inputs.Required("sha256"));
        var path = BuiltFiles.Locate(context, name, sha256);
        if (!File.Exists(path))
        {
            return new StepError("file-missing", $"{name} is not on this worker.", $"There is no {path}.",
                "Start the worker that built it, or bring the file back, then retry. It is not built again by itself, because that could make other bytes than those that were checked: abort and start again instead.");
        }

        return BuiltFile.Hash(path) is var found && found == sha256
            ? null
            : new StepError("bytes-changed", $"{name} is not the file that was built.", $"Its SHA-256 is {found}; {sha256} was built.",
                "Find out what changed the file. Put the built bytes back, or abort: other bytes are never published.");
    }

    private static IReadOnlyList<string> Arguments(IReadOnlyList<string> where, string file) =>
        ["-m", "twine", "upload", "--non-interactive", "--disable-progress-bar", "--verbose", .. where, file];
}
