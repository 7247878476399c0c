namespace ReleaseDashboard.Infrastructure.Processes;

/// <summary>What to run: a program and its argument array, never a shell string.</summary>
/// <param name="FileName">An absolute path, or a name looked up on the runner's search path.</param>
/// <param name="Arguments">Arguments as the program receives them.</param>
/// <param name="WorkingDirectory">An existing folder.</param>
/// <param name="Environment">Variables added to the built environment; nothing is inherited from this process.</param>
/// <param name="Secrets">Values masked in everything that leaves the runner, except <see cref="ProcessOutcome.Captured"/>.</param>
/// <param name="StandardInput">Text for standard input; without it standard input is empty.</param>
public sealed record ProcessCommand(
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string>? Environment = null,
    IReadOnlyList<string>? Secrets = null,
    string? StandardInput = null
)
{
    // The generated text would print the environment, and with it tokens.
    public override string ToString() => CommandText.Display(FileName, Arguments);
}
