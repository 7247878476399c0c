using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <param name="Value">The secret. It is never given back. Without it, a stored one only gets another end and other steps.</param>
/// <param name="StepKinds">Kinds of steps that get it, such as pypi.upload; empty or absent for those that its name is meant for.</param>
public sealed record NewSecret(string? Value, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? StepKinds = null)
{
    // The generated text would print the value.
    public override string ToString() => "a secret";
}

internal static class SecretsApi
{
    public static void MapSecretReads(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/projects/{project}/secrets", async (string project, ProjectQueries projects, SecretVault vault, CurrentActor current, CancellationToken cancellationToken) =>
                await projects.FindAsync(project, cancellationToken) is { } found && (await current.GetAsync(cancellationToken)).May(Permission.SeeProject, found.Id)
                    ? Results.Ok(await vault.ListAsync(found.Id, cancellationToken))
                    : ApiProblems.NotFound($"There is no project {project}."))
            .Needs(Permission.SeeProject, project: "project").Produces<IReadOnlyList<SecretSummary>>().WithSummary("Names, expiry, last change and last use of the secrets, never their values").WithTags("Secrets");

    public static void MapSecretWrites(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/projects/{project}/secrets/{name}", SetAsync).Needs(Permission.ManageSecrets, project: "project").Produces(204).WithSummary("Store, replace or re-scope a secret").WithTags("Secrets");
        routes.MapDelete("/projects/{project}/secrets/{name}", RemoveAsync).Needs(Permission.ManageSecrets, project: "project").Produces(204).WithSummary("Remove a secret").WithTags("Secrets");
    }

    private static async Task<IResult> SetAsync(
        string project, string name, NewSecret body, ProjectQueries projects, SecretActions secrets, CurrentActor current, CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        if (await projects.FindAsync(project, cancellationToken) is not { } found)
            return ApiProblems.NotFound($"There is no project {project}.");
        var stored = await secrets.StoreAsync(actor, found.Id, new SecretEntry(name, body.Value, body.ExpiresAt, body.StepKinds ?? []), cancellationToken);
        return stored.IsDone ? Results.NoContent() : ApiProblems.Of(stored);
    }

    private static async Task<IResult> RemoveAsync(
        string project, string name, ProjectQueries projects, SecretActions secrets, CurrentActor current, CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        if (await projects.FindAsync(project, cancellationToken) is not { } found)
            return ApiProblems.NotFound($"There is no project {project}.");
        var removed = await secrets.RemoveAsync(actor, found.Id, name, cancellationToken);
        return removed.IsDone ? Results.NoContent() : ApiProblems.Of(removed);
    }
}
