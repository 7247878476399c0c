using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Python;

namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>Waits until both APIs of the index show the file, with the hash that was built.</summary>
internal sealed class PyPIVerifyStep(PackageIndexes indexes, TimeProvider time) : IStep
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    /// <summary>After so long, a file that a workflow says it has published will not come any more.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(5);

    public StepKindDescription Description { get; } = new("pypi.verify", "Compares the file on the index with what was built", StepEffect.Reads)
    {
        Inputs =
        [
            IndexChoice.Input,
            new InputDescription("package", ValueKind.Text, "The package", Required: true),
            new InputDescription("version", ValueKind.Text, "The version", Required: true),
            new InputDescription("sha256", ValueKind.Text, "The hash it must have", Required: true),
            IndexChoice.Siblings,
            new InputDescription("file", ValueKind.Text, "Name of the file, for messages"),
            new InputDescription("published_by", ValueKind.Text, "Address of the workflow run that published it; without it the worker did"),
        ],
    };

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var index = IndexChoice.Of(context.Inputs, context.Facts.Project.Settings);
        var package = context.Inputs.Required("package");
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Verify, $"GET {index.VersionAddress(package, context.Inputs.Required("version"))}", "the same SHA-256"),
                new PlanLine(PlanPhase.Verify, $"GET {index.Index.SimpleUrl}{PackageName.Normalize(package)}/", "the same SHA-256"),
            ],
            []));
    }

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var index = IndexChoice.Of(context.Inputs, context.Facts.Project.Settings);
        var (package, version, sha256) = (context.Inputs.Required("package"), context.Inputs.Required("version"), context.Inputs.Required("sha256"));
        var found = await indexes.Client.VersionAsync(index.Index, package, version, cancellationToken);
        if (!found.IsOk)
            return Unseen(index, found.Error);
        var seen = IndexFinding.Of(index, found.Value, package, version, sha256, context.Inputs.List(IndexChoice.Siblings.Name));
        var workflow = WorkflowUpload.Of(context.Inputs);
        if (seen is Observation.NotDone)
        {
            var name = workflow?.File ?? $"{package} {version}";
            return workflow is not null && time.GetUtcNow() - context.StepStartedAt >= Grace
                ? new Observation.Failed(workflow.Missing(index, Grace))
                : Waits($"{name} is not on {index.Title} yet");
        }
        if (seen is Observation.Different other && workflow is not null)
            return workflow.Explain(other, index, found.Value!);
        if (seen is not Observation.Done)
            return seen;

        // What pip reads is another service, with a cache of its own.
        var project = await indexes.Client.ProjectAsync(index.Index, package, cancellationToken);
        if (!project.IsOk)
            return Unseen(index, project.Error);
        var file = found.Value!.Files.Single(file => file.Sha256 == sha256);
        var listed = project.Value?.Files.FirstOrDefault(other => other.FileName == file.FileName);
        if (listed is null)
            return Waits($"pip does not see {file.FileName} on {index.Title} yet");
        return listed.Sha256 == sha256
            ? seen
            : IndexFinding.Of(index, new PackageVersion(package, version, [listed]), package, version, sha256, []);
    }

    public Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Verifying only looks; the engine never acts here.");

    // An index that is away is waited for like one that lags, until the step's timeout.
    private static Observation Unseen(IndexChoice index, PackageIndexError error) =>
        error is { Kind: PackageIndexFailure.Unreachable } or { Status: >= 500 or 429 }
            ? Waits($"{index.Title} cannot be asked: {error.Message}")
            : new Observation.Failed(IndexFinding.Unseen(index, error));

    private static Observation.Waiting Waits(string reason) => new(reason, FirstPause, Evidence.None);
}
