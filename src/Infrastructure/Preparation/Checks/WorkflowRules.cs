using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.GitHub;
using static ReleaseDashboard.Infrastructure.Preparation.Checks.ReadinessState;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Are the workflows that publish in the worker's place there, and does what the release does start them?</summary>
internal static class WorkflowRules
{
    public static Task<ReadinessCheck> PackageAsync(ReadinessScene scene) => scene.Settings.PublishBy is { } publish
        ? LookAsync(scene, "publish-workflow", "publishBy.file", new Wanted(
            publish.File, publish.Repository, publish.Branch, publish.Dispatch,
            $"It takes the approved files from the draft of the GitHub release. {scene.Settings.ProductionIndex.Name} must know {publish.Repository ?? scene.Project.Repository} and {publish.File} as a trusted publisher, or that repository holds a token of its own."))
        : Task.FromResult(new ReadinessCheck("publish-workflow", "The worker uploads the package", Ok, "The project's settings name no workflow for it."));

    public static async Task<ReadinessCheck> ImagesAsync(ReadinessScene scene)
    {
        const string id = "release-workflow";
        var images = scene.Settings.Images!;
        if (images.ReleaseWorkflow is not { } file)
            return new ReadinessCheck(id, "The worker copies the images", Ok, "The project's settings name no workflow for it.");
        // Where a package is released too, the tag comes before the images are approved: only a dispatch may start their migration.
        var withPackage = scene.Request.Scope is { Package: true, Images: true };
        var wanted = new Wanted(
            file, images.ReleaseWorkflowRepository, images.ReleaseWorkflowBranch, withPackage || images.ReleaseWorkflowRepository is not null,
            $"It copies {images.Preproduction.Repository} to {images.Production.Repository}, with credentials of its own.");
        return await LookAsync(scene, id, "images.releaseWorkflow", wanted, refusesTags: withPackage && wanted.Repository is null);
    }

    private static async Task<ReadinessCheck> LookAsync(ReadinessScene scene, string id, string setting, Wanted wanted, bool refusesTags = false)
    {
        var where = wanted.Repository is null && (!wanted.Dispatch || Comes(scene, wanted)) ? scene.Project.Repository : $"{wanted.Repository ?? scene.Project.Repository}, branch {wanted.Branch}";
        var fix = new ReadinessFix(FixPlace.Settings, "Open settings", setting);
        var (text, fault) = await ReadAsync(scene, wanted);
        if (fault is not null)
            return new ReadinessCheck(id, $"{wanted.File} cannot be looked at", Warning, fault, "Look again, or see yourself that the workflow is there.", Fix: fix);
        if (text is null)
        {
            return new ReadinessCheck(id, $"There is no workflow {wanted.File}", Blocking, $"{where} has no .github/workflows/{wanted.File}, or the token does not see it.",
                "Add the workflow, correct its name in the project's settings, or give the token access to that repository.", Fix: fix);
        }
        if (WorkflowOutline.Read(text) is not { } outline)
            return new ReadinessCheck(id, $"{wanted.File} is no workflow", Blocking, $"{where}: it is not YAML with 'on'.", "Repair the file.", Fix: fix);
        if (refusesTags && outline.Tags is not null)
        {
            return new ReadinessCheck(id, $"{wanted.File} starts with the tag", Blocking, "The tag is pushed before the images are approved, so the workflow would publish images that nobody has approved.",
                "Let only workflow_dispatch start it, with the inputs tag and commit.", Fix: fix);
        }
        return wanted.Dispatch ? OfDispatch(id, wanted, where, outline, fix) : OfTag(scene, id, wanted, where, outline, fix);
    }

    private static ReadinessCheck OfDispatch(string id, Wanted wanted, string where, WorkflowOutline outline, ReadinessFix fix)
    {
        if (outline.Inputs is not { } inputs)
            return new ReadinessCheck(id, $"{wanted.File} cannot be dispatched", Blocking, $"{where}: it has no workflow_dispatch.", "Add workflow_dispatch with the inputs tag and commit.", Fix: fix);
        var missing = new[] { "tag", "commit" }.Where(name => !inputs.ContainsKey(name)).ToList();
        var more = inputs.Where(input => input.Value && input.Key is not ("tag" or "commit")).Select(input => input.Key).ToList();
        if (missing.Count + more.Count > 0)
        {
            return new ReadinessCheck(id, $"{wanted.File} has other inputs", Blocking,
                $"{where}: it is given tag and commit." + (missing.Count > 0 ? $" It knows no {string.Join(" and no ", missing)}." : "") + (more.Count > 0 ? $" It also needs {string.Join(", ", more)}." : ""),
                "Let workflow_dispatch have the inputs tag and commit, and give every other one a default.", Fix: fix);
        }
        return outline.RunName?.Contains("inputs.tag", StringComparison.Ordinal) == true
            ? new ReadinessCheck(id, $"{wanted.File} will publish, started by dispatch", Ok, $"{where}. {wanted.Needs}")
            : new ReadinessCheck(id, $"The runs of {wanted.File} do not name the tag", Warning, $"{where}: without the tag in its title a run is hard to know again.",
                "Add to the workflow: run-name: Publish ${{ inputs.tag }}", Fix: fix);
    }

    private static ReadinessCheck OfTag(ReadinessScene scene, string id, Wanted wanted, string where, WorkflowOutline outline, ReadinessFix fix)
    {
        if (outline.Tags is null)
            return new ReadinessCheck(id, $"{wanted.File} does not start with a tag", Blocking, $"{where}: its 'on' has no push of tags.", "Add push with tags to the workflow, or choose in the settings that it is dispatched.", Fix: fix);
        var tag = scene.Version is { } version ? scene.Settings.TagFor(version.ToString()) : null;
        return tag is not null && !outline.TakesTag(tag)
            ? new ReadinessCheck(id, $"{wanted.File} does not take the tag {tag}", Warning, $"{where}: it takes {string.Join(", ", outline.Tags)}.", "Correct the patterns in the workflow, or the name of the tag in the project's settings.", Fix: fix)
            : new ReadinessCheck(id, $"{wanted.File} will publish, started by the tag", Ok, $"{where}. {wanted.Needs}");
    }

    /// <returns>The file, or null when there is none; or why that cannot be said.</returns>
    private static async Task<(string? Text, string? Fault)> ReadAsync(ReadinessScene scene, Wanted wanted)
    {
        var path = $".github/workflows/{wanted.File}";
        if (wanted.Repository is { } other)
        {
            if (!RepositoryName.TryParse(other, out var name))
                return (null, $"'{other}' is not OWNER/NAME.");
            var there = await (await scene.GitHubAsync()).FileAsync(name, path, wanted.Branch, scene.Cancellation);
            return there.IsOk ? (there.Value, null) : (null, there.Error.Message);
        }
        var mirror = await scene.MirrorAsync();
        if (!mirror.IsOk)
            return (null, mirror.Error.What);
        // What is on dev now is what the tag will have, and the release branch where the release merges into it first.
        var branch = wanted.Dispatch && !Comes(scene, wanted) ? wanted.Branch : scene.Settings.DevBranch;
        var file = await mirror.Value.Repository.ReadFileAsync(BranchName.Parse(branch), path, scene.Cancellation);
        return file.IsOk ? (file.Value, null) : (null, file.Error.Message);
    }

    // Whether the release itself brings the file to the branch that is dispatched.
    private static bool Comes(ReadinessScene scene, Wanted wanted) => scene.Request.Scope is not { Merges: false } && wanted.Branch == scene.Settings.MainBranch;

    /// <param name="Repository">Null for the project's own.</param>
    /// <param name="Needs">What it works with, in a sentence.</param>
    private sealed record Wanted(string File, string? Repository, string Branch, bool Dispatch, string Needs);
}
