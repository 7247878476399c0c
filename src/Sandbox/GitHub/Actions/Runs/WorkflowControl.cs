using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

/// <summary>Where a test or a person decides how jobs go.</summary>
internal static class WorkflowControl
{
    private static readonly string[] Outcomes = ["success", "failure", "cancelled", "timed_out", WorkflowRule.NeverEnds];

    internal static void MapWorkflowControl(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sandbox/workflows", (WorkflowScript script) => Results.Json(script.Rules, SandboxJson.Compact));
        app.MapPost("/sandbox/workflows", async (HttpRequest request, WorkflowScript script) =>
        {
            if (await RequestJson.ReadAsync<IReadOnlyList<WorkflowRule>>(request) is not { } rules)
                return Results.BadRequest("A list of rules is expected, such as [{\"job\": \"build*\", \"outcome\": \"failure\", \"times\": 1}], as JSON.");
            if (rules.FirstOrDefault(rule => !Outcomes.Contains(rule.Outcome) || rule.Times < 1 || rule.QueuedMilliseconds < 0 || rule.RunMilliseconds < 0) is { } wrong)
                return Results.BadRequest($"The rule for job '{wrong.Job}' cannot be: outcomes are {string.Join(", ", Outcomes)}, numbers are not below zero.");
            script.Replace(rules);
            return Results.Json(script.Rules, SandboxJson.Compact);
        });
        app.MapDelete("/sandbox/workflows", (WorkflowScript script) =>
        {
            script.Replace([]);
            return Results.NoContent();
        });
    }
}
