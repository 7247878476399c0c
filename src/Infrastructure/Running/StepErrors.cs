using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Errors that the engine itself finds.</summary>
internal static class StepErrors
{
    public static StepError TimedOut(StepDefinition step) => new(
        "timeout",
        $"{step.Title} did not end within {step.Timeout?.TotalMinutes:0.#} min and was stopped.",
        "The log shows how far it came.",
        "Look at the log, then retry. If it needs longer, raise the step's timeout in the playbook.");

    public static StepError WaitedTooLong(StepDefinition step, string reason) => new(
        "waited-too-long",
        $"{step.Title} waited for {step.Timeout?.TotalMinutes:0.#} min.",
        reason,
        "See what holds it up, then retry: the waiting begins anew.");

    public static StepError NotThere(StepDefinition step) => new(
        "not-there-afterwards",
        $"{step.Title} was carried out, but its result cannot be seen.",
        "The remote accepted it and does not show it.",
        "Look at the remote. If the result is there, retry: it is found and nothing is done twice.");

    public static StepError MissingInputs(StepDefinition step, IReadOnlyList<string> inputs) => new(
        "missing-input",
        $"{step.Title} does not know its {string.Join(" and ", inputs)}.",
        "It comes from an earlier step that was left out or done by hand without saying it.",
        "Give the value with Fix and resume.");

    public static StepError Unexpected(Exception exception) => new(
        "unexpected",
        "Something went wrong that this step does not know.",
        $"{exception.GetType().Name}. The server's log has the details.",
        "Retry: what is done already is found. If it fails again, tell the administrator the time and the step.");
}
