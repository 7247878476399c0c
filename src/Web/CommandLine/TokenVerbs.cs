using System.CommandLine;
using System.Globalization;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Projects;

namespace ReleaseDashboard.Web.CommandLine;

internal static class TokenVerbs
{
    public static Command Create()
    {
        var user = new Option<string>("--user") { Description = "Whose token it is.", Required = true };
        var name = new Option<string>("--name") { Description = "What it is for.", DefaultValueFactory = _ => "command line" };
        var roles = new Option<string?>("--roles") { Description = "What it may do at most; all roles of the person without it." };
        var days = new Option<int>("--days") { Description = "Days until it expires.", DefaultValueFactory = _ => 90 };
        var scopes = new Option<string?>("--scopes") { Description = "What it is good for only, with commas, such as see-project,start-release; 'access table' lists them." };
        var project = new Option<string?>("--project") { Description = "The only project it is good for." };
        var create = new Command("create", "Make an API token. It is printed once, alone on standard output.") { user, name, roles, days, scopes, project };
        create.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var owner = parse.GetValue(user)!;
            if (await run.Get<AccountQueries>().FindByNameAsync(owner, cancellationToken) is not { } account)
                return run.Fail($"There is no account {owner}.");
            var unknown = "";
            var actor = await run.Get<AccountQueries>().FindActorAsync(owner, cancellationToken);
            var most = actor?.ProjectRoles.Values.Aggregate(actor.Roles, (all, given) => all | given) ?? account.Roles;
            if ((parse.GetValue(roles) is { } text ? RoleNames.Parse(text, out unknown) : most) is not { } allowed)
                return run.Fail($"There is no role '{unknown}'.");
            var words = parse.GetValue(scopes)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
            if (Array.Find(words, word => PermissionNames.Parse(word) is null) is { } wrong)
                return run.Fail($"There is no scope '{wrong}'. The scopes are {string.Join(", ", PermissionNames.All)}.");
            var only = parse.GetValue(project) is { } short_ ? await run.Get<ProjectQueries>().FindAsync(short_, cancellationToken) : null;
            if (only is null && parse.GetValue(project) is { } missing)
                return run.Fail($"There is no project {missing}.");
            var request = new TokenRequest(owner, parse.GetValue(name)!, allowed, TimeSpan.FromDays(parse.GetValue(days)))
            {
                Scopes = [.. words.Select(PermissionNames.Parse).OfType<Permission>()],
                ProjectId = only?.Id,
            };
            var result = await run.Get<ApiTokens>().CreateAsync(Actor.System, request, cancellationToken);
            return result.IsOk ? run.Say(result.Value.Text) : run.Fail(result.Error.Message);
        }));
        var of = new Option<string?>("--user") { Description = "Only this person's." };
        var list = new Command("list", "List tokens, never their text.") { of };
        list.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            foreach (var token in await run.Get<ApiTokens>().ListAsync(parse.GetValue(of), cancellationToken))
            {
                var state = token.RevokedAt is not null ? "revoked" : $"until {token.ExpiresAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "revoked"}";
                run.Say($"{token.Id}  {token.Owner,-20} {token.Name,-24} {RoleNames.Of(token.Roles),-40} {state}{(token.Scopes.Count == 0 ? "" : "  only " + string.Join(",", token.Scopes))}");
            }
            return 0;
        }));
        var id = new Argument<Guid>("id") { Description = "The token's id, from 'token list'." };
        var revoke = new Command("revoke", "Revoke a token: it ends at once.") { id };
        revoke.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
            run.Report(await run.Get<ApiTokens>().RevokeAsync(Actor.System, parse.GetValue(id), cancellationToken), "Revoked.")));
        return new Command("token", "Manage API tokens.") { create, list, revoke };
    }
}
