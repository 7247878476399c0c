using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.GitHub.Releases;
using ReleaseDashboard.Sandbox.Indexes;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Steps;

/// <summary>
/// <c>uses: sandbox/publish-package</c>: uploads the distributions attached to the GitHub release of a tag, draft or not, to an
/// index, as a trusted publisher does: no token of the project is asked for. Inputs: tag, repository, index.
/// </summary>
internal sealed class PublishPackageStep(SandboxRepositories repositories, PackageIndexes indexes) : IStepWork
{
    public string Uses => "sandbox/publish-package";

    public async Task<StepResult> RunAsync(StepWorkContext context, CancellationToken cancellationToken)
    {
        var (tag, source) = (context.With("tag", context.Run.HeadBranch), context.With("repository", context.Repository.FullName));
        if (indexes.Find(context.With("index", "production")) is not { } index)
            return StepResult.Failed([], $"There is no index '{context.With("index")}': test and production are.");
        if (source.Split('/') is not [var owner, var name] || repositories.Find(owner, name) is not { } repository)
            return StepResult.Failed([], $"HTTP 404: Not Found ({source})");
        var lines = new List<string>();
        if (repository.State.Releases.LastOrDefault(release => release.Tag == tag) is not { } release)
            return StepResult.Failed(lines, $"release not found: {source} has none for {tag}, nor a draft");
        var files = release.Assets.Where(asset => DistributionFileName.TryParse(asset.Name) is not null).ToList();
        lines.Add($"Checking {files.Count} distributions of {(release.Draft ? "the draft" : "the release")} {tag} of {source}");
        if (files.Count == 0)
            return StepResult.Failed(lines, $"{tag} has no distribution attached.");
        foreach (var file in files.Where(file => !context.Job.Plan.LeaveOut.Any(pattern => WorkflowRule.Matches(pattern, file.Name))))
        {
            var path = index.NewTemporaryPath();
            File.Copy(AssetFile.PathOf(repository, file.Id), path);
            if (context.Job.Plan.Tamper)
                await OtherBytes.MakeAsync(path, cancellationToken);
            using var form = await UploadForm.OfFileAsync(path, file.Name, cancellationToken);
            lines.Add($"Uploading {file.Name} ({form.Digests!.Size} bytes, sha256 {form.Digests.Sha256})");
            // Done again after a crash or by a re-run: an index takes the same file twice without a word.
            if (index.Holds(file.Name, form.Digests.Sha256))
                lines.Add($"{file.Name} is there already");
            else if (await index.UploadAsync(form, context.Actor, cancellationToken) is { Status: not 200 } refusal)
                return StepResult.Failed(lines, $"HTTPError: {refusal.Status} {refusal.Message}");
        }

        return new StepResult(true, lines);
    }
}
