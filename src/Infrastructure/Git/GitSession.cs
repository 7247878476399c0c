using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>What git answered: its output and which of the accepted exit codes.</summary>
internal sealed record GitAnswer(string Output, int ExitCode);

/// <summary>Runs git for one step: with its log, its credential and its cancellation tokens.</summary>
/// <param name="Log">Receives <c>$ git ...</c> lines and output, masked.</param>
/// <param name="Started">Receives the identity of each process that changes something, so that a later worker can end an orphan.</param>
public sealed record GitSession(
    ProcessRunner Runner,
    GitOptions Options,
    OutputSink Log,
    GitCredential? Credential = null,
    Func<ProcessIdentity, ValueTask>? Started = null,
    CancellationToken Forceful = default
)
{
    // The generated text would print what the members print.
    public override string ToString() => $"git session, credential: {Credential?.ToString() ?? "none"}";

    /// <summary>A handle on a work tree or bare repository; nothing is checked until it is used.</summary>
    public GitRepository Open(string path) => new(this, Path.GetFullPath(path));

    internal async Task<Result<GitAnswer, GitError>> RunAsync(string directory, GitCommand command, CancellationToken cancellation)
    {
        var secrets = Credential?.Secrets ?? [];
        var shown = new SecretMask(secrets).Apply(CommandText.Display("git", command.Arguments));
        await Log(OutputStream.Command, [$"$ {shown}"], cancellation);
        var process = new ProcessCommand(
            Options.Program,
            [.. GitSettings.Arguments(Options.AllowFile), .. command.Arguments],
            directory,
            GitSettings.Variables(Credential, command.Environment),
            secrets,
            command.StandardInput
        );
        var limits = new ProcessLimits
        {
            Timeout = Options.Timeout,
            IdleTimeout = Options.IdleTimeout,
            Grace = Options.Grace,
            CaptureLimit = Options.CaptureLimit,
            ShowCaptured = !command.Quiet,
        };
        // A command that only reads changes nothing and soon ends by itself: it is not worth a write to the ledger.
        var outcome = await Runner.RunAsync(process, Log, limits, command.Quiet ? null : Started, cancellation, Forceful);
        if (outcome.End == ProcessEnd.Exited && (outcome.ExitCode == 0 || command.AlsoOk.Contains(outcome.ExitCode!.Value)))
        {
            return outcome.CaptureCut
                ? new GitError(GitFailure.Other, shown, outcome.ExitCode, [$"The output is longer than {Options.CaptureLimit} characters."])
                : new GitAnswer(outcome.Captured, outcome.ExitCode!.Value);
        }

        return new GitError(GitFailures.Of(outcome), shown, outcome.ExitCode, outcome.Tail);
    }
}
