using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Python;

namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>Waits until both APIs of the index show the file, with the hash that was built.</summary>
internal sealed class PyPIVerifyStep(PackageIndexes indexes) : IStep
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    public StepKindDescription Description { get; } = new("pypi.verify", "Compares the file on the index with what was built", StepEffect.Reads)
    {
        Inputs =
        [
            IndexChoice.Input,
            new InputDescription("package", ValueKind.Text, "The package", Required: true),
            new InputDescription("version", ValueKind.Text, "The version", Required: true),
            new InputDescription("sha256", ValueKind.Text, "The hash it must have", Required: true),
            IndexChoice.Siblings,
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
        if (seen is Observation.NotDone)
            return Waits($"{package} {version} is not on {index.Title} yet");
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
