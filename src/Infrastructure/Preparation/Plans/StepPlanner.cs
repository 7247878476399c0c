using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Preparation.Plans;

/// <summary>Asks the class of a step what it would do.</summary>
public sealed partial class StepPlanner(StepCatalogue catalogue, ILogger<StepPlanner> logger)
{
    /// <param name="number">From 1; 0 when the step is left out.</param>
    /// <param name="checkout">Files of the base commit, or null.</param>
    /// <param name="expected">By earlier releases; null when there are none.</param>
    /// <param name="inputs">What it ran with; null before that, when placeholders stand for what earlier steps will give.</param>
    internal async Task<PlannedStep> PlanAsync(
        ReleaseFacts facts, StepDefinition step, int number, string? checkout, TimeSpan? expected, CancellationToken cancellationToken, StepInputs? inputs = null)
    {
        var placeholders = new PlanPlaceholders(facts);
        var (plan, error) = number == 0
            ? (StepPlan.Empty, null)
            : await AskAsync(step, new PlanContext(facts, step, inputs ?? placeholders.InputsOf(step), checkout), cancellationToken);
        return new PlannedStep(
            number,
            step.Id,
            step.Title,
            step.Kind,
            step.Effect,
            step.Permanent,
            step.Optional,
            number > 0,
            number > 0 ? null : $"Not part of this release: {step.When?.Source}",
            step.Effect == StepEffect.Person ? null : expected ?? step.Expected,
            step.Instructions.Resolve(placeholders.Shown, []).ToString() ?? "",
            [.. plan.Lines.Select(line => line with { Text = Hide(line.Text, checkout), Wants = line.Wants is { } wants ? Hide(wants, checkout) : null })],
            [.. plan.Files.Select(file => new PlannedFile(file.Path, file.Before, file.After))],
            plan.Environment,
            plan.Note is { } note ? Hide(note, checkout) : null,
            error,
            step.Approval,
            [.. step.Items.Select(item => item.Text)]);
    }

    private async Task<(StepPlan Plan, string? Error)> AskAsync(StepDefinition step, PlanContext context, CancellationToken cancellationToken)
    {
        try
        {
            return (await catalogue[step.Kind].PlanAsync(context, cancellationToken), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One step that cannot tell must not hide what the others would do; the fault itself goes to the log.
            Log.PlanFailed(logger, step.Id, step.Kind, exception);
            return (StepPlan.Empty, "The commands of this step could not be told. The server's log says why.");
        }
    }

    // The checkout's folder is another one each time, and none of the release's own.
    private static string Hide(string text, string? checkout) => checkout is null ? text : text.Replace(checkout, "‹workspace›", StringComparison.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Step {Step} of kind {Kind} could not be planned")]
        public static partial void PlanFailed(ILogger logger, string step, string kind, Exception exception);
    }
}
