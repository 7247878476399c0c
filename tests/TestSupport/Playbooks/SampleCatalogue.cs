using ReleaseDashboard.Core.Playbooks;
using static ReleaseDashboard.Core.Playbooks.StepEffect;
using static ReleaseDashboard.Core.Playbooks.ValueKind;

namespace ReleaseDashboard.TestSupport.Playbooks;

/// <summary>The kinds of the wrapper playbook as far as a playbook sees them, for tests of reading and of the schema.</summary>
public static class SampleCatalogue
{
    // Before the catalogue, which is made of it.
    private static InputDescription Index { get; } =
        new("index", Text, "Which package index", Required: true, Choices: ["test", "production"]);

    public static PlaybookCatalogue Instance { get; } = new(
        [
            Kind("preflight", "Checks that the release can go through", Reads,
                [Input("version", "The version to release", "${{ release.version }}"), Input("tag", "The tag it will get", "${{ release.tag }}")]),
            Kind("git.update", "Brings the branch up to date", Local, [Needed("branch", "The branch to work on")],
                ("commit", Text)),
            Kind("git.submodules", "Checks the submodules out on a branch and pulls them", Local,
                [Needed("branch", "The branch every submodule follows"), new("paths", List, "Only these submodules; empty for all", Default: new InputValue.List([]))],
                ("pins", List)),
            Kind("version.set", "Sets the version constant", Local,
                [Needed("file", "The file that holds the constant"), Needed("constant", "Its name"), Needed("version", "The version to write")],
                ("before", Text)),
            Kind("version.lint", "Checks that every mention of the version agrees", Reads,
                [Needed("version", "The version that is released"), Input("next", "The version after it", "${{ release.next_version }}")]),
            Kind(StepKindDescription.Checklist, "Asks a person to confirm each item", Person,
                [Input("since", "Changes are shown since this version", "${{ release.last_version }}")]),
            Kind("git.commit", "Commits what changed", Local, [Needed("message", "The commit message")], ("commit", Text)),
            Kind("python.test", "Runs the tests from a clean checkout", Local,
                [Needed("commit", "The commit to test"), new("command", List, "The command, one argument each", Required: true)]),
            Kind("python.build", "Builds the package from a clean checkout", Local,
                [
                    Needed("commit", "The commit to build"), new("command", List, "The command, one argument each", Required: true),
                    new("source_only", Flag, "Whether anything but a source package is refused", Default: new InputValue.Flag(true)),
                ],
                ("file", Text), ("sha256", Text)),
            Kind("version.move_tests", "Moves the version the tests ask for", Local,
                [
                    Needed("version", "The version the tests ask for from then on"),
                    new("mode", Text, "Next moves it, equal keeps it", Default: new InputValue.Text("next"), Choices: ["next", "equal"]),
                ]),
            Kind("git.push", "Pushes the branch", Outside,
                [Needed("branch", "The branch to push"), Needed("commit", "The commit it will point to")], ("commit", Text)),
            Kind("github.pull_request", "Opens the pull request", Outside,
                [Needed("title", "Its title"), Needed("head", "The branch with the changes"), Needed("base", "The branch it goes to"),
                 Optional("commit", Text, "The commit that its head must be; without it any")],
                ("number", Number), ("url", Text)),
            Kind("github.checks", "Waits until the checks have passed", Reads, [Needed("commit", "The commit that is checked"), Optional("pull_request", Number, "The pull request whose head it must stay")], ("passed", Number)),
            Kind("github.review", "Waits for the review on GitHub", Reads,
                [new("pull_request", Number, "Its number", Required: true), new("count", Number, "How many approvals", Default: new InputValue.Number(1)),
                 Optional("commit", Text, "The commit that its head must be; without it any")],
                ("reviewed_by", Text)),
            Kind("github.merge", "Merges the pull request", Outside,
                [
                    new("pull_request", Number, "Its number", Required: true), Needed("commit", "The commit that must be merged"),
                    new("method", Text, "How", Default: new InputValue.Text("merge"), Choices: ["merge", "squash", "rebase"]),
                ],
                ("commit", Text)) with { Permanent = true },
            Kind("pypi.upload", "Uploads the package", Outside,
                [Index, Needed("file", "The file to upload"), Needed("sha256", "Its hash")], ("url", Text)) with { Permanent = true },
            Kind("pypi.install", "Installs the package in an empty environment and tries it", Local,
                [
                    Index, Needed("package", "The package"), Needed("version", "The version"), Needed("sha256", "The hash that the file must have"),
                    new("smoke_command", List, "Run after the install", Default: new InputValue.List([])),
                ],
                ("smoke", Text)),
            Kind("pypi.verify", "Compares the file on the index with what was built", Reads,
                [Index, Needed("package", "The package"), Needed("version", "The version"), Needed("sha256", "The hash it must have")]),
            Kind(StepKindDescription.Approval, "Asks people to approve exactly what will be published", Person,
                [Needed("file", "The file"), Needed("sha256", "Its hash"), Needed("commit", "The commit it belongs to")]),
            Kind("git.tag", "Creates and pushes an annotated tag", Outside,
                [Needed("name", "The tag"), Needed("commit", "Where it points"), Needed("message", "Its message")]),
            Kind("github.release", "Publishes the release on GitHub", Outside,
                [
                    Needed("tag", "The tag"), Needed("title", "The title"), new("assets", List, "Files to attach", Default: new InputValue.List([])),
                    new("latest", Flag, "Whether it becomes the latest release", Default: new InputValue.Flag(true)),
                    Optional("commit", Text, "The commit that the tag must point to; without it any"),
                ],
                ("url", Text), ("id", Number)),
            Kind("git.fast_forward", "Moves a branch forward to a commit", Outside,
                [Needed("branch", "The branch"), Needed("from", "Where it must point before"), Needed("to", "Where it points after"),
                 Needed("same_as", "The branch that must point to the same commit")],
                ("commit", Text)),
            Kind("version.next", "Sets, commits and pushes the next version", Outside,
                [Needed("branch", "The branch"), Needed("from", "Where it must point before"), Needed("version", "The version to write"), Needed("file", "The file that holds the constant"),
                 Needed("constant", "Its name"), Needed("message", "The commit message")],
                ("commit", Text)),
        ],
        [
            Variable("project.name"), Variable("project.repository"), Variable("project.package"), Variable("project.dev_branch"),
            Variable("project.release_branch"), Variable("project.submodule_branch"), Variable("project.version_file"),
            Variable("project.version_constant"), Variable("project.tests_version"), Variable("project.test_command", List),
            Variable("project.build_command", List), Variable("project.smoke_command", List), Variable("project.source_only", Flag),
            Variable("project.test_index", Flag), Variable("project.require_review", Flag), Variable("project.constants_paths", List),
            Variable("release.version"), Variable("release.tag"), Variable("release.title"), Variable("release.next_version"),
            Variable("release.next_beta"), Variable("release.last_version"), Variable("release.is_final", Flag),
        ]);

    private static StepKindDescription Kind(
        string kind, string summary, StepEffect effect, IReadOnlyList<InputDescription> inputs, params (string Name, ValueKind Type)[] outputs) =>
        new(kind, summary, effect)
        {
            Inputs = inputs,
            Outputs = [.. outputs.Select(output => new OutputDescription(output.Name, output.Type, $"The {output.Name}"))],
        };

    private static InputDescription Needed(string name, string description) => new(name, Text, description, Required: true);

    private static InputDescription Optional(string name, ValueKind type, string description) => new(name, type, description);

    private static InputDescription Input(string name, string description, string fallback)
    {
        if (!Template.TryParse(fallback, out var template, out var reason))
            throw new ArgumentException(reason, nameof(fallback));
        return new InputDescription(name, Text, description, Default: new InputValue.Text(template));
    }

    private static VariableDescription Variable(string name, ValueKind type = Text) => new(name, type, name);
}
