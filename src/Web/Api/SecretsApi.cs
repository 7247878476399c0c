using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <param name="Value">The secret. It is never given back.</param>
public sealed record NewSecret(string? Value, DateTimeOffset? ExpiresAt)
{
    // The generated text would print the value.
    public override string ToString() => "a secret";
}

internal static class SecretsApi
{
    private const int MaximumLength = 10_000;

    public static void MapSecretReads(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/projects/{project}/secrets", async (string project, ProjectQueries projects, SecretVault vault, CancellationToken cancellationToken) =>
                await projects.FindAsync(project, cancellationToken) is { } found
                    ? Results.Ok(await vault.ListAsync(found.Id, cancellationToken))
                    : ApiProblems.NotFound($"There is no project {project}."))
            .Needs(Permission.SeeProject, project: "project").Produces<IReadOnlyList<SecretSummary>>().WithSummary("Names, expiry and last change of the secrets, never their values").WithTags("Secrets");

    public static void MapSecretWrites(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/projects/{project}/secrets/{name}", SetAsync).Needs(Permission.ManageSecrets, project: "project").Produces(204).WithSummary("Store or replace a secret").WithTags("Secrets");

    private static async Task<IResult> SetAsync(
        string project, string name, NewSecret body, ProjectQueries projects, SecretVault vault, CurrentActor current, CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        if (await projects.FindAsync(project, cancellationToken) is not { } found)
            return ApiProblems.NotFound($"There is no project {project}.");
        if (!SecretName.All.Contains(name))
            return ApiProblems.Invalid($"No step uses a secret '{name}'. The names are {string.Join(", ", SecretName.All)}.");
        if (string.IsNullOrEmpty(body.Value) || body.Value.Length > MaximumLength)
            return ApiProblems.Invalid($"A secret has 1 to {MaximumLength} characters.");
        var stored = await vault.SetAsync(actor, found.Id, name, body.Value, body.ExpiresAt, cancellationToken);
        return stored.IsDone ? Results.NoContent() : ApiProblems.Of(stored);
    }
}
