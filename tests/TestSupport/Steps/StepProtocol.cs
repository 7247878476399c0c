using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.TestSupport.Steps;

/// <summary>Runs a step as the engine does: observe, act when it is not done, verify.</summary>
public static class StepProtocol
{
    /// <summary>What the step ends with; a failed act counts as a failed observation.</summary>
    public static async Task<Observation> RunAsync(this IStep step, StepContext context, CancellationToken cancellationToken)
    {
        var before = await step.ObserveAsync(context, cancellationToken);
        if (before is not Observation.NotDone)
            return before;
        return await step.ActAsync(context, cancellationToken) switch
        {
            ActResult.Failed failed => new Observation.Failed(failed.Error),
            ActResult.AnswerLost => await step.VerifyAsync(context, Evidence.None, cancellationToken),
            ActResult.Acted acted => await step.VerifyAsync(context, acted.Evidence, cancellationToken),
            var other => throw new InvalidOperationException($"Unknown result {other}."),
        };
    }
}
