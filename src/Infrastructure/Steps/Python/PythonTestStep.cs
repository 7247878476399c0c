using System.Globalization;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Python;

/// <summary>Runs the tests in a clean checkout of one commit, in an environment made for this release only.</summary>
internal sealed class PythonTestStep(ReleaseWorkspaces workspaces, StepProcess process) : IStep
{
    private const string EnvironmentFolder = "venv-test";

    public StepKindDescription Description { get; } = new("python.test", "Runs the tests from a clean checkout.", StepEffect.Local)
    {
        Inputs =
        [
            new InputDescription("commit", ValueKind.Text, "The commit to test.", Required: true),
            new InputDescription("command", ValueKind.List, "Arguments of the interpreter, one each.", Required: true),
            // What the tests need may be the package itself, whose install writes the file of the version.
            PythonVariables.FromTag,
        ],
        Outputs =
        [
            new OutputDescription("commit", ValueKind.Text, "The commit that was tested."),
            new OutputDescription("tests", ValueKind.Text, "How many tests ran."),
            new OutputDescription("tests_passed", ValueKind.Text, "One sentence for people."),
        ],
    };

    // That tests passed is seen nowhere outside, so they run again after a crash: they change nothing.
    public Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult<Observation>(new Observation.NotDone());

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var settings = context.Facts.Project.Settings;
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Act, $"$ git worktree add --detach -- build {context.Inputs.Required("commit")}"),
                new PlanLine(PlanPhase.Act, $"$ {CommandText.Display(settings.Python, ["-m", "venv", "--clear", EnvironmentFolder])}"),
                .. Installs(settings).Select(install => new PlanLine(PlanPhase.Act, $"$ {CommandText.Display($"{EnvironmentFolder}/bin/python", install)}")),
                new PlanLine(PlanPhase.Act, $"$ {CommandText.Display($"{EnvironmentFolder}/bin/python", context.Inputs.List("command"))}", "exit code 0"),
            ],
            []) { Environment = PythonVariables.Shown(settings) });
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = context.Facts.Project.Settings;
        var commit = GitInputs.Commit(context.Inputs, "commit");
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!commit.IsOk || !workspace.IsOk)
            return new ActResult.Failed((commit.Error ?? workspace.Error)!);
        var checkout = await workspace.Value.CheckoutAsync(commit.Value, cancellationToken);
        if (!checkout.IsOk)
            return new ActResult.Failed(checkout.Error);

        var folder = Path.Combine(context.Workspace, EnvironmentFolder);
        var variables = PythonVariables.For(context.Facts, context.Inputs);
        var made = await process.RunAsync(context, new ProcessCommand(settings.Python, ["-m", "venv", "--clear", folder], context.Workspace, variables), cancellationToken);
        if (!made.Succeeded)
            return Failed("no-environment", "No environment could be made for the tests.", made, "Install Python's venv module on the worker, or correct the interpreter in the project's settings. Then retry.");
        variables["VIRTUAL_ENV"] = folder;
        variables["PATH"] = $"{Path.Combine(folder, "bin")}:/usr/local/bin:/usr/bin:/bin";
        var python = Path.Combine(folder, "bin", "python");
        foreach (var install in Installs(settings))
        {
            var installed = await process.RunAsync(context, new ProcessCommand(python, install, checkout.Value.Path, variables), cancellationToken);
            if (!installed.Succeeded)
                return Failed("install-failed", "What the tests need could not be installed.", installed, "See the lines: a name or the index may be wrong. Correct the project's settings or the requirements, then retry.");
        }

        var command = context.Inputs.List("command");
        var tested = await process.RunAsync(context, new ProcessCommand(python, command, checkout.Value.Path, variables), cancellationToken);
        var count = TestOutput.Count(tested.Lines);
        if (!tested.Succeeded)
        {
            return new ActResult.Failed(new StepError(
                "tests-failed",
                "The tests failed.",
                $"{tested.Ending} {tested.Lines.LastOrDefault(line => line.Length > 0)}".Trim(),
                "Repair the tests or the code on the branch and start the release again. If it was chance, retry.",
                TestOutput.WhyFailed(tested.Lines)));
        }
        if (count == 0)
        {
            return new ActResult.Failed(new StepError(
                "no-tests", "The command ran no test.", "It ended well and says that it ran 0 tests.",
                "Correct the test command in the project's settings, then start the release again.", [.. tested.Lines.TakeLast(10)]));
        }
        var tests = count?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
        return new ActResult.Acted(Evidence.Of(
            new EvidenceItem("commit", EvidenceKind.Commit, commit.Value.Value),
            new EvidenceItem("command", EvidenceKind.Text, CommandText.Display(settings.Python, command)),
            new EvidenceItem("tests", EvidenceKind.Text, tests),
            new EvidenceItem("duration", EvidenceKind.Text, string.Create(CultureInfo.InvariantCulture, $"{tested.Outcome.Duration.TotalSeconds:0.0} s")),
            new EvidenceItem("tests_passed", EvidenceKind.Check, $"{tests} tests passed on {commit.Value.Abbreviated}")));
    }

    public Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken) =>
        Task.FromResult<Observation>(new Observation.Done(acted));

    private static IEnumerable<IReadOnlyList<string>> Installs(ProjectSettings settings)
    {
        if (settings.Requirements is { } requirements)
            yield return ["-m", "pip", "install", "--requirement", requirements];
        // Options cannot hide among them: everything after "--" is a package.
        if (settings.TestRequirements.Count > 0)
            yield return ["-m", "pip", "install", "--", .. settings.TestRequirements];
    }

    private static ActResult.Failed Failed(string code, string what, StepProcessOutcome outcome, string whatToDo) =>
        new(new StepError(code, what, outcome.Ending, whatToDo, outcome.Outcome.Tail));
}
