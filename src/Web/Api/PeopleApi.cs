using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>A person who can sign in.</summary>
/// <param name="Roles">What the person may do everywhere.</param>
/// <param name="Disabled">Whether sessions and tokens of the person are refused.</param>
public sealed record UserAnswer(
    string Name, string DisplayName, IReadOnlyList<string> Roles, string? GitHubLogin, string? Email, bool Disabled, DateTimeOffset CreatedAt)
{
    internal static UserAnswer Of(Account account) =>
        new(account.Name, account.DisplayName, RoleNames.List(account.Roles), account.GitHubLogin, account.Email, account.IsDisabled, account.CreatedAt);
}

/// <param name="Password">The first password. It is never given back.</param>
public sealed record NewUser(string Name, string? DisplayName, string? Password, IReadOnlyList<string>? Roles)
{
    // The generated text would print the password.
    public override string ToString() => $"user {Name}";
}

/// <summary>What to change; what is left out stays.</summary>
public sealed record UserChange(IReadOnlyList<string>? Roles, bool? Disabled, string? GitHubLogin);

/// <param name="Password">It is never given back.</param>
public sealed record NewPassword(string? Password)
{
    public override string ToString() => "a password";
}

internal static class PeopleApi
{
    public static void MapPeopleReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/users", async (AccountQueries accounts, CancellationToken cancellationToken) => (await accounts.ListAsync(cancellationToken)).Select(UserAnswer.Of))
            .Needs(Permission.ManagePeople).Produces<IReadOnlyList<UserAnswer>>().WithSummary("Everybody who has an account").WithTags("People");
        routes.MapGet("/users/{user}/sessions", async (string user, Sessions sessions, CurrentActor actor, CancellationToken cancellationToken) =>
                await sessions.ListAsync(await actor.GetAsync(cancellationToken), user, cancellationToken))
            .Needs(Permission.ManagePeople).Produces<IReadOnlyList<SessionSummary>>().WithSummary("Open sessions of a person, the newest first").WithTags("People");
        routes.MapGet("/users/{user}", async (string user, AccountQueries accounts, CancellationToken cancellationToken) =>
                await accounts.FindByNameAsync(user, cancellationToken) is { } found ? Results.Ok(UserAnswer.Of(found)) : NoUser(user))
            .Needs(Permission.ManagePeople).Produces<UserAnswer>().WithSummary("One person").WithTags("People");
    }

    public static void MapPeopleWrites(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/users", CreateAsync).Needs(Permission.ManagePeople).Produces<UserAnswer>(201).WithSummary("Add a person").WithTags("People");
        routes.MapPatch("/users/{user}", ChangeAsync).Needs(Permission.ManagePeople).Produces<UserAnswer>().WithTags("People")
            .WithSummary("Change roles everywhere, disable or let in again, say the GitHub login")
            .WithDescription("Sessions of the person end. An empty gitHubLogin takes it away. Nobody adds to their own roles.");
        routes.MapPut("/users/{user}/password", async (string user, NewPassword body, Accounts accounts, CurrentActor actor, CancellationToken cancellationToken) =>
                Empty(await accounts.SetPasswordAsync(await actor.GetAsync(cancellationToken), user, body.Password ?? "", cancellationToken)))
            .Needs(Permission.ManagePeople).Produces(204).WithSummary("Set another password; the person's sessions end").WithTags("People");
        routes.MapDelete("/users/{user}/sessions", async (string user, Sessions sessions, CurrentActor actor, CancellationToken cancellationToken) =>
                Empty(await sessions.EndAllAsync(await actor.GetAsync(cancellationToken), user, null, cancellationToken)))
            .Needs(Permission.ManagePeople).Produces(204).WithSummary("Sign a person out everywhere").WithTags("People");
    }

    internal static IResult Empty(ActionResult result) => result.IsDone ? Results.NoContent() : ApiProblems.Of(result);

    internal static IResult NoUser(string name) => ApiProblems.NotFound($"There is no account {name}.");

    private static async Task<IResult> CreateAsync(NewUser body, Accounts accounts, AccountQueries queries, CurrentActor current, CancellationToken cancellationToken)
    {
        if (RoleList.Read(body.Roles ?? ["viewer"], out var problem) is not { } roles)
            return problem;
        var name = body.Name ?? "";
        var created = await accounts.CreateAsync(await current.GetAsync(cancellationToken), name, body.DisplayName, body.Password ?? "", roles, cancellationToken);
        return created.IsDone ? Results.Created($"/api/v1/users/{name}", UserAnswer.Of((await queries.FindByNameAsync(name, cancellationToken))!)) : ApiProblems.Of(created);
    }

    private static async Task<IResult> ChangeAsync(string user, UserChange body, Accounts accounts, AccountQueries queries, CurrentActor current, CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        if (RoleList.Read(body.Roles, out var problem) is not { } roles)
            return problem;
        if (await queries.FindByNameAsync(user, cancellationToken) is null)
            return NoUser(user);
        var changes = new List<Func<Task<ActionResult>>>();
        if (body.Roles is not null)
            changes.Add(() => accounts.SetRolesAsync(actor, user, roles, cancellationToken));
        if (body.GitHubLogin is not null)
            changes.Add(() => accounts.SetGitHubLoginAsync(actor, user, body.GitHubLogin, cancellationToken));
        if (body.Disabled is { } disabled)
            changes.Add(() => accounts.SetDisabledAsync(actor, user, disabled, cancellationToken));
        foreach (var change in changes)
        {
            if (await change() is { IsDone: false } refused)
                return ApiProblems.Of(refused);
        }
        return Results.Ok(UserAnswer.Of((await queries.FindByNameAsync(user, cancellationToken))!));
    }
}
