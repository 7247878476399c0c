using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Core.Releases;

/// <summary>The names a playbook may refer to, and their values in one release.</summary>
public sealed class ReleaseVariables(ReleaseFacts facts, IReadOnlyDictionary<string, Evidence> outputs)
{
    private sealed record Variable(VariableDescription Description, Func<ReleaseFacts, InputValue?> Read);

    private static readonly Dictionary<string, Variable> Known = new List<Variable>
    {
        Text("project.name", "Short name of the project.", facts => facts.Project.Name),
        Text("project.repository", "Repository on its host, OWNER/NAME.", facts => facts.Project.Repository),
        Text("project.package", "Name of the package on the indexes.", facts => facts.Project.Settings.Package),
        Text("project.release_branch", "The branch that is released.", facts => facts.Project.Settings.MainBranch),
        Text("project.dev_branch", "The branch that work happens on.", facts => facts.Project.Settings.DevBranch),
        Text("project.submodule_branch", "The branch that submodules follow.", facts => facts.Project.Settings.DefaultSubmoduleBranch),
        Text("project.version_file", "File that holds the version constant.", facts => facts.Project.Settings.VersionFile),
        Flag("project.version_from_tag", "Whether the build makes the version from the tag.", facts => facts.Project.Settings.VersionFromTag),
        Text("project.version_constant", "Name of the version constant.", facts => facts.Project.Settings.VersionName),
        Text("project.tests_version_file", "File of the tests that expects a version.", facts => facts.Project.Settings.TestsVersionFile),
        Text("project.requirements", "File of runtime requirements.", facts => facts.Project.Settings.Requirements),
        Text("project.python", "Interpreter that tests and builds.", facts => facts.Project.Settings.Python),
        List("project.test_command", "Arguments of the interpreter that run the tests.", facts => facts.Project.Settings.TestCommand),
        List("project.build_command", "Arguments of the interpreter that build.", facts => facts.Project.Settings.BuildCommand),
        List("project.smoke_command", "Command that shows the installed package works.", facts => facts.Project.Settings.SmokeCommand),
        Flag("project.test_index", "Whether the package is tried on the test index first.", facts => facts.Project.Settings.UseTestIndex),
        Flag("project.require_review", "Whether a review is waited for.", facts => facts.Project.Settings.RequireReview),
        Flag("project.require_checks", "Whether checks must be there.", facts => facts.Project.Settings.RequireChecks),
        Flag("project.source_only", "Whether only a source distribution is allowed.", facts => facts.Project.Settings.SourceOnly),
        Text("project.tests_version", "What the tests expect after the build: next or equal.", facts => facts.Project.Settings.MoveTestsVersion ? "next" : "equal"),
        Flag("project.worker_publishes", "Whether the worker uploads the package.", facts => facts.Project.Settings.PublishBy is null),
        Flag("project.workflow_publishes", "Whether a workflow uploads the package.", facts => facts.Project.Settings.PublishBy is not null),
        Flag("project.dispatches_publish", "Whether that workflow is started by dispatch.", facts => facts.Project.Settings.PublishBy is { Dispatch: true }),
        Text("project.publish_workflow", "File name of the workflow that uploads the package.", facts => facts.Project.Settings.PublishBy?.File),
        Text("project.publish_repository", "Repository that workflow runs in.", facts => facts.Project.Settings.PublishBy is { } publish ? publish.Repository ?? facts.Project.Repository : null),
        Text("project.publish_branch", "Branch whose workflow file a dispatch runs.", facts => facts.Project.Settings.PublishBy?.Branch),
        Text("project.publish_trigger", "What starts that workflow: push or dispatch.", facts => facts.Project.Settings.PublishBy is { Dispatch: true } ? "dispatch" : "push"),
        Flag("project.has_images", "Whether images are released.", facts => facts.Project.Settings.Images is not null),
        Flag("project.has_pre_release_workflow", "Whether a workflow builds the images of the pull request.", facts => facts.Project.Settings.Images?.PreReleaseWorkflow is not null),
        Text("project.pre_release_workflow", "File name of that workflow.", facts => facts.Project.Settings.Images?.PreReleaseWorkflow),
        Flag("project.has_release_workflow", "Whether a workflow migrates the images.", facts => facts.Project.Settings.Images?.ReleaseWorkflow is not null),
        Flag("project.dispatches_release_workflow", "Whether it runs in another repository, started by dispatch.", facts => facts.Project.Settings.Images is { ReleaseWorkflow: not null, ReleaseWorkflowRepository: not null }),
        Text("project.release_workflow", "File name of the workflow that migrates the images.", facts => facts.Project.Settings.Images?.ReleaseWorkflow),
        Text("project.release_workflow_repository", "Repository it runs in.", facts => facts.Project.Settings.Images?.ReleaseWorkflowRepository ?? facts.Project.Repository),
        Text("project.release_workflow_branch", "Branch whose workflow file a dispatch runs.", facts => facts.Project.Settings.Images?.ReleaseWorkflowBranch),
        Text("project.release_workflow_trigger", "What starts it: push or dispatch.", facts => facts.Project.Settings.Images?.ReleaseWorkflowRepository is null ? "push" : "dispatch"),
        Flag("project.has_submodules", "Whether submodules are pinned at a release.", facts => facts.Project.Settings.Submodules.Count > 0),
        Text("release.version", "The version, normalised.", facts => facts.Version.ToString()),
        Text("release.last_version", "The version released before, or nothing for the first.", facts => facts.LastVersion),
        Text("release.title", "Name of the GitHub release.", facts => facts.Project.Settings.ReleaseNameFor(facts.Version.ToString())),
        Text("release.tag", "Name of the tag.", facts => facts.Project.Settings.TagFor(facts.Version.ToString())),
        Text("release.next_beta", "The version that dev goes on with.", facts => facts.Version.NextBeta().ToString()),
        Text("release.next_version", "The version that the tests expect next.", facts => (facts.Version.IsFinal ? facts.Version.NextFinal() : facts.Version.WithoutPreRelease()).ToString()),
        Flag("release.is_final", "Whether it is no alpha, beta or candidate.", facts => facts.Version.IsFinal),
        Text("release.started_by", "Who started it.", facts => facts.StartedBy),
    }.ToDictionary(variable => variable.Description.Name);

    /// <summary>What may be referred to, for validating a playbook and for its schema.</summary>
    public static IReadOnlyList<VariableDescription> Descriptions { get; } = [.. Known.Values.Select(variable => variable.Description)];

    /// <summary>The value of a dotted name, or null when it has none (yet).</summary>
    public InputValue? Find(string name)
    {
        if (Known.TryGetValue(name, out var variable))
            return variable.Read(facts);
        return name.Split('.') is ["steps", var step, "outputs", var output] && outputs.TryGetValue(step, out var evidence) && evidence[output] is { } value
            ? new InputValue.Text(value)
            : null;
    }

    private static Variable Text(string name, string description, Func<ReleaseFacts, string?> read) =>
        new(new VariableDescription(name, ValueKind.Text, description), facts => read(facts) is { } text ? new InputValue.Text(text) : null);

    private static Variable Flag(string name, string description, Func<ReleaseFacts, bool> read) =>
        new(new VariableDescription(name, ValueKind.Flag, description), facts => new InputValue.Flag(read(facts)));

    private static Variable List(string name, string description, Func<ReleaseFacts, IReadOnlyList<string>> read) =>
        new(new VariableDescription(name, ValueKind.List, description), facts => new InputValue.List([.. read(facts).Select(item => new InputValue.Text(item))]));
}
