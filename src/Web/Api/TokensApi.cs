using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>A token to make.</summary>
/// <param name="Owner">Whom it acts for; the caller without it.</param>
/// <param name="Roles">What it may do at most.</param>
/// <param name="Scopes">The permissions it is limited to, by name; none for all that its roles give.</param>
/// <param name="Project">The only project it is good for.</param>
/// <param name="Days">Days until it expires, 1 to 3660.</param>
public sealed record NewToken(string? Name, string? Owner, IReadOnlyList<string>? Roles, IReadOnlyList<string>? Scopes, string? Project, int Days = 90);

/// <param name="Token">The text, given this once.</param>
public sealed record MadeToken(Guid Id, string Token, DateTimeOffset? ExpiresAt)
{
    // The generated text would print the token.
    public override string ToString() => $"token {Id}";
}

/// <summary>What may be known of a token.</summary>
public sealed record TokenAnswer(
    Guid Id, string Owner, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes, Guid? ProjectId, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);

internal static class TokensApi
{
    public static void MapTokenReads(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/tokens", async (string? owner, ApiTokens tokens, CurrentActor current, CancellationToken cancellationToken) =>
            {
                var actor = await current.GetAsync(cancellationToken);
                // Whose tokens there are is for those who manage people; anybody else reads their own, whatever was asked for.
                var whose = actor.May(Permission.ManagePeople) ? owner : actor.Name;
                return (await tokens.ListAsync(whose, cancellationToken)).Select(token => new TokenAnswer(
                    token.Id, token.Owner, token.Name, RoleNames.List(token.Roles), token.Scopes, token.ProjectId, token.CreatedAt, token.UsedAt, token.ExpiresAt, token.RevokedAt));
            })
            .ForSignedIn().Produces<IReadOnlyList<TokenAnswer>>().WithSummary("Your tokens, or those of all for who manages people; never their text").WithTags("People");

    public static void MapTokenWrites(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/tokens", CreateAsync).ForSignedIn().Produces<MadeToken>(201).WithSummary("Make a token, with at most the caller's own roles").WithTags("People")
            .WithDescription("A token that is limited by scopes or to a project makes no tokens.");
        routes.MapDelete("/tokens/{token:guid}", async (Guid token, ApiTokens tokens, CurrentActor actor, CancellationToken cancellationToken) =>
                PeopleApi.Empty(await tokens.RevokeAsync(await actor.GetAsync(cancellationToken), token, cancellationToken)))
            .ForSignedIn().Produces(204).WithSummary("Revoke a token: your own, or anybody's for who manages people").WithTags("People");
    }

    private static async Task<IResult> CreateAsync(NewToken body, ApiTokens tokens, ProjectQueries projects, CurrentActor current, CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        if (RoleList.Read(body.Roles, out var problem) is not { } roles)
            return problem;
        if (RoleList.ReadScopes(body.Scopes, out problem) is not { } scopes)
            return problem;
        Guid? projectId = null;
        if (body.Project is not null)
        {
            if (await projects.FindAsync(body.Project, cancellationToken) is not { } found || !actor.May(Permission.SeeProject, found.Id))
                return ApiProblems.NotFound($"There is no project {body.Project}.");
            projectId = found.Id;
        }
        var made = await tokens.CreateAsync(
            actor, new TokenRequest(body.Owner ?? actor.Name, body.Name ?? "", roles, TimeSpan.FromDays(body.Days)) { Scopes = scopes, ProjectId = projectId }, cancellationToken);
        return made.IsOk ? Results.Created($"/api/v1/tokens/{made.Value.Id}", new MadeToken(made.Value.Id, made.Value.Text, made.Value.ExpiresAt)) : ApiProblems.Of(made.Error);
    }
}
