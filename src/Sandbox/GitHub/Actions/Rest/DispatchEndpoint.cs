using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Actions.Files;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.GitHub.Rest;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Rest;

/// <summary>Starts a workflow by hand.</summary>
internal static class DispatchEndpoint
{
    internal static void MapDispatch(this IEndpointRouteBuilder repo) => repo.MapPost("/actions/workflows/{id}/dispatches", DispatchAsync);

    private static async Task<IResult> DispatchAsync(Call call, WorkflowStarter starter, EffectLog effects, GitHubUrls urls)
    {
        if (await call.ReadAsync<DispatchBody>() is not { } body)
            return GitHubErrors.BadJson();
        var name = body.Ref ?? "";
        foreach (var prefix in (ReadOnlySpan<string>)["refs/heads/", "refs/tags/"])
            name = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        using var turn = await call.Repository.EnterAsync();
        var git = call.Repository.Git;
        var reference = await git.RefAsync("refs/heads/" + name) ?? await git.RefAsync("refs/tags/" + name);
        if (name.Length == 0 || reference is null)
            return GitHubErrors.Answer(422, $"No ref found for: {body.Ref}");
        var found = (await WorkflowCatalog.ReadAsync(git, reference.Commit)).FirstOrDefault(workflow => WorkflowEndpoints.Is(call, workflow.Path));
        if (found is null)
            return GitHubErrors.NotFound();
        if (found.File?.Triggers.Dispatch is not { } trigger)
            return GitHubErrors.Answer(422, found.Fault ?? "Workflow does not have 'workflow_dispatch' trigger");
        var given = (body.Inputs ?? []).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        if (Refusal(trigger, given) is { } refusal)
            return GitHubErrors.Answer(422, refusal);

        var inputs = trigger.Inputs.ToDictionary(input => input.Key, input => given.GetValueOrDefault(input.Key) ?? input.Value.Default ?? "");
        var cause = new RunCause("workflow_dispatch", name, reference.Name, reference.Commit, call.Writer.Login, null, Inputs: inputs);
        await call.RecordAsync(effects, "workflow.dispatch", $"{call.Repository.FullName} {found.Path}", reference.Commit);
        var run = await starter.StartAsync_NeedsTurn(call.Repository, found, cause);
        return body.ReturnRunDetails == true
            ? call.Ok(new { workflow_run_id = run.Id, run_url = $"{urls.Repo(call.Repository)}/actions/runs/{run.Id}", html_url = RunAnswer.Page(urls, call.Repository, run.Id) })
            : Results.NoContent();
    }

    private static string? Refusal(DispatchTrigger trigger, Dictionary<string, string> given)
    {
        var unexpected = given.Keys.Where(name => !trigger.Inputs.ContainsKey(name)).ToList();
        if (unexpected.Count > 0)
            return $"Unexpected inputs provided: [\"{string.Join("\", \"", unexpected)}\"]";
        var missing = trigger.Inputs.FirstOrDefault(input => input.Value is { Required: true, Default: null } && !given.ContainsKey(input.Key));
        return missing.Key is null ? null : $"Required input '{missing.Key}' not provided";
    }

    private sealed record DispatchBody(string? Ref, Dictionary<string, JsonElement>? Inputs, bool? ReturnRunDetails);
}
