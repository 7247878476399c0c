using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Tests.Secrets;

/// <summary>A step that does with secrets what the test says.</summary>
internal sealed class SecretStep(Func<StepContext, CancellationToken, Task<ActResult>> act) : IStep
{
    private Evidence? done;

    public StepKindDescription Description { get; } = new("test.secret", "Uses secrets.", StepEffect.Outside)
    {
        Inputs = [new InputDescription("index", ValueKind.Text, "Which index.")],
    };

    public static string Playbook(string? index = null) => $"""
        schema: 1
        name: test
        title: Test
        revision: 1
        stages:
          - id: only
            title: Only
            steps:
              - id: use
                title: Use
                kind: test.secret
                inputs: {(index is null ? "{}" : $"{{ index: {index} }}")}
        """;

    public Func<Observation?> Sight { get; set; } = () => null;

    public Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Sight() ?? (done is null ? new Observation.NotDone() : new Observation.Done(done)));

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken) => Task.FromResult(StepPlan.Empty);

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var result = await act(context, cancellationToken);
        if (result is ActResult.Acted acted)
            done = acted.Evidence ?? Evidence.None;
        return result;
    }
}
