using System.Collections.Immutable;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Checks;

/// <summary>How one check run goes when a pull request is opened or its head moves.</summary>
public sealed record CheckDefinition
{
    public required string Name { get; init; }

    /// <summary>Its conclusion: <c>success</c>, <c>failure</c>, <c>neutral</c>, <c>cancelled</c>, <c>skipped</c>, <c>timed_out</c>, <c>action_required</c>.</summary>
    public string Outcome { get; init; } = "success";

    /// <summary>Milliseconds from the push to the start.</summary>
    public int QueuedMilliseconds { get; init; } = 300;

    /// <summary>Milliseconds from the start to the end.</summary>
    public int RunMilliseconds { get; init; } = 900;

    /// <summary>Lines the check prints; shown as its text.</summary>
    public ImmutableList<string> Output { get; init; } = [];

    /// <summary>A remark on a file, such as the failing line.</summary>
    public Annotation? Annotation { get; init; }
}

/// <summary>The checks of every repository. Kept in the data folder, so a failing check still fails after a restart.</summary>
public sealed class CheckScript
{
    private readonly string path;
    private volatile ImmutableList<CheckDefinition> checks;

    public CheckScript(string path)
    {
        this.path = path;
        checks = DocumentFile.Load<ImmutableList<CheckDefinition>>(path) ?? Default;
    }

    /// <summary><c>tests</c> and <c>lint</c>, both green after about a second.</summary>
    public static ImmutableList<CheckDefinition> Default { get; } =
    [
        new CheckDefinition { Name = "tests", Output = ["collected 12 items", "12 passed in 0.84s"] },
        new CheckDefinition { Name = "lint", RunMilliseconds = 500, Output = ["All checks passed!"] },
    ];

    public IReadOnlyList<CheckDefinition> Checks => checks;

    /// <summary>Replaces the whole script; runs that exist keep their course.</summary>
    public void Replace(IEnumerable<CheckDefinition> definitions)
    {
        ImmutableList<CheckDefinition> next = [.. definitions];
        DocumentFile.Save(path, next);
        checks = next;
    }
}
