using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

/// <summary>Real work of a step. It may be done again after a crash, and then does the same.</summary>
internal interface IStepWork
{
    /// <summary>What a step says in <c>uses</c>.</summary>
    string Uses { get; }

    Task<StepResult> RunAsync(StepWorkContext context, CancellationToken cancellationToken);
}

/// <param name="Repository">Where the workflow runs.</param>
/// <param name="Run">The run.</param>
/// <param name="Job">The job; its plan says what to leave out.</param>
/// <param name="Step">The step with its inputs.</param>
internal sealed record StepWorkContext(SandboxRepository Repository, WorkflowRun Run, WorkflowJob Job, WorkflowStep Step)
{
    /// <summary>Name in the effect log.</summary>
    public string Actor => $"workflow {Repository.FullName} #{Run.Id}";

    /// <summary>An input, or what is usual.</summary>
    public string With(string name, string usual = "") => Step.With.GetValueOrDefault(name) is { Length: > 0 } value ? value.Trim() : usual;

    /// <summary>An input that is a list, by blanks, commas or lines.</summary>
    public IReadOnlyList<string> List(string name, string usual = "") =>
        With(name, usual).Split([' ', ',', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
}

/// <param name="Succeeded">Whether it did what it should.</param>
/// <param name="Lines">What it printed.</param>
internal sealed record StepResult(bool Succeeded, IReadOnlyList<string> Lines)
{
    public static StepResult Failed(IEnumerable<string> lines, string error) => new(false, [.. lines, "##[error]" + error]);
}
