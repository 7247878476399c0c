using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>Tokens for scripts: made, listed, revoked, and turned into who they act for.</summary>
public sealed class ApiTokens(LedgerStore ledger, TimeProvider time)
{
    /// <summary>The last use is noted this often: a busy script must not write with each call.</summary>
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(1);

    /// <summary>As <see cref="CreateAsync(Actor, TokenRequest, CancellationToken)"/>, for all that the roles give.</summary>
    [Needs(Permission.ManagePeople, OrOwn = true)]
    public Task<Result<NewApiToken, ActionResult>> CreateAsync(
        Actor actor, string owner, string name, Roles roles, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        CreateAsync(actor, new TokenRequest(owner, name, roles, lifetime), cancellationToken);

    /// <summary>Makes a token for a person's own use, or for anybody's by who manages people. Its text is given this once.</summary>
    [Needs(Permission.ManagePeople, OrOwn = true)]
    public Task<Result<NewApiToken, ActionResult>> CreateAsync(Actor actor, TokenRequest request, CancellationToken cancellationToken) =>
        ledger.WriteAsync<Result<NewApiToken, ActionResult>>(
            async write =>
            {
                var normalized = AccountRules.Normalize(request.Owner);
                var reach = await Reach.ReadAsync(write.Db, write.Db.Users.Where(user => user.NormalizedName == normalized), null, write.CancellationToken);
                if (WhyNot(actor, request, reach) is { } refused)
                    return write.Refuse(refused);
                var user = reach!.User;
                if (request.ProjectId is { } only && !(reach.ToActor().May(Permission.SeeProject, only) && await write.Db.Projects.AnyAsync(project => project.Id == only, write.CancellationToken)))
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such project."));
                var text = ApiTokenText.New();
                var token = new ApiTokenRecord
                {
                    Id = Guid.CreateVersion7(time.GetUtcNow()),
                    UserId = user.Id,
                    Name = request.Name.Trim(),
                    Hash = ApiTokenText.Hash(text),
                    Roles = request.Roles,
                    ProjectId = request.ProjectId,
                    Scopes = [.. request.Scopes.Distinct().Order().Select(PermissionNames.Of)],
                    CreatedAt = write.Now,
                    ExpiresAt = write.Now + request.Lifetime,
                };
                write.Db.ApiTokens.Add(token);
                write.Audit(actor, "token.create", null, null, token.Name,
                    after: new { token.Id, Owner = user.Name, Roles = token.Roles.ToString(), token.Scopes, token.ProjectId, token.ExpiresAt });
                write.Notify(new Changes.Change.User(user.Id));
                return new NewApiToken(token.Id, text, token.ExpiresAt);
            },
            cancellationToken);

    [Needs(Permission.ManagePeople, OrOwn = true)]
    public Task<ActionResult> RevokeAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                var token = await write.Db.ApiTokens.FirstOrDefaultAsync(record => record.Id == id, write.CancellationToken);
                var owner = token is null ? null : await write.Db.Users.FirstAsync(user => user.Id == token.UserId, write.CancellationToken);
                if (token is null || owner is null)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such token."));
                if (owner.Name != actor.Name && Access.WhyNot(actor, Permission.ManagePeople) is { } refused)
                    return write.Refuse(refused);
                if (token.RevokedAt is not null)
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"The token {token.Name} is revoked already."));
                token.RevokedAt = write.Now;
                write.Audit(actor, "token.revoke", null, null, token.Name, after: new { token.Id, Owner = owner.Name });
                write.Notify(new Changes.Change.User(owner.Id));
                return ActionResult.Done;
            },
            cancellationToken);

    /// <summary>Tokens of one person, or of all.</summary>
    public async Task<IReadOnlyList<ApiTokenSummary>> ListAsync(string? owner, CancellationToken cancellationToken)
    {
        var normalized = owner is null ? null : AccountRules.Normalize(owner);
        await using var db = ledger.Read();
        return await db.ApiTokens.Join(db.Users, token => token.UserId, user => user.Id, (token, user) => new { token, user })
            .Where(row => normalized == null || row.user.NormalizedName == normalized)
            .OrderBy(row => row.token.Id)
            .Select(row => new ApiTokenSummary(
                row.token.Id, row.user.Name, row.token.Name, row.token.Roles, row.token.CreatedAt, row.token.ExpiresAt, row.token.RevokedAt,
                row.token.Scopes, row.token.ProjectId, row.token.UsedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Whom the token acts for now, or null when it is unknown, revoked or expired, or its owner is disabled.</summary>
    public async Task<TokenOwner?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (!ApiTokenText.LooksRight(text))
            return null;
        var hash = ApiTokenText.Hash(text);
        await using var db = ledger.Read();
        return await FindAsync(db, db.ApiTokens.Where(record => record.Hash == hash), cancellationToken);
    }

    /// <summary>The same token as it is at this moment, for an answer that goes on for long; null when it is good no more.</summary>
    public async Task<TokenOwner?> FindAgainAsync(TokenOwner owner, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await FindAsync(db, db.ApiTokens.Where(record => record.Id == owner.TokenId), cancellationToken);
    }

    private async Task<TokenOwner?> FindAsync(LedgerContext db, IQueryable<ApiTokenRecord> tokens, CancellationToken cancellationToken)
    {
        var token = await tokens.FirstOrDefaultAsync(cancellationToken);
        if (token is null or { RevokedAt: not null } || token.ExpiresAt <= time.GetUtcNow())
            return null;
        var reach = await Reach.ReadAsync(db, db.Users.Where(user => user.Id == token.UserId && !user.IsDisabled), null, cancellationToken);
        return reach is null ? null : new TokenOwner(Account.Of(reach.User), ToActor(token, reach)) { TokenId = token.Id, UsedAt = token.UsedAt };
    }

    /// <summary>Notes that the token was used now, at most once a minute.</summary>
    public async Task NoteUseAsync(TokenOwner owner, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (owner.UsedAt is { } last && now - last < UseNoted)
            return;
        await ledger.AppendAsync(
            db => db.ApiTokens.Where(token => token.Id == owner.TokenId).ExecuteUpdateAsync(set => set.SetProperty(token => token.UsedAt, now), cancellationToken),
            cancellationToken);
    }

    private static ActionResult? WhyNot(Actor actor, TokenRequest request, Reach? owner)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 100)
            return ActionResult.Refused(Refusal.Invalid, "A token has a name of 1 to 100 characters, so that it can be told from others.");
        if (request.Lifetime is { } span && (span <= TimeSpan.Zero || span > TimeSpan.FromDays(3660)))
            return ActionResult.Refused(Refusal.Invalid, "A token expires in 1 to 3660 days.");
        // A limited token that could make an unlimited one would not be limited.
        if (actor.Kind == "token" && (actor.Scopes is not null || actor.OnlyProject is not null))
            return ActionResult.Refused(Refusal.NotAllowed, "A token that is limited makes no tokens.");
        if (owner is null || owner.User.Name != actor.Name)
        {
            if (Access.WhyNot(actor, Permission.ManagePeople) is { } refused)
                return refused;
        }
        else if (Access.WhyNotConfirmed(actor) is { } unconfirmed)
        {
            return unconfirmed;
        }
        if (owner is null)
            return ActionResult.Refused(Refusal.NotFound, $"There is no account {request.Owner}.");
        var most = owner.ProjectRoles.Values.Aggregate(owner.User.Roles, (all, roles) => all | roles);
        if (owner.User.Name == actor.Name && actor.Kind == "token")
            most &= actor.ProjectRoles.Values.Aggregate(actor.Roles, (all, roles) => all | roles);
        return request.Roles == Roles.None || (request.Roles & ~most) != 0
            ? ActionResult.Refused(Refusal.Invalid, $"{owner.User.Name} has the roles {RoleNames.Of(most)}; a token has some of these.")
            : null;
    }

    private static Actor ToActor(ApiTokenRecord token, Reach reach)
    {
        var actor = Actor.Token(reach.User.Name, token.Roles & reach.User.Roles) with { Groups = reach.Groups, GitHubLogin = reach.User.GitHubLogin, Email = reach.User.Email, OnlyProject = token.ProjectId };
        if (reach.ProjectRoles.Count > 0)
            actor = actor with { ProjectRoles = reach.ProjectRoles.ToDictionary(role => role.Key, role => role.Value & token.Roles) };
        return token.Scopes.Count == 0 ? actor : actor with { Scopes = Scopes(token.Scopes) };
    }

    // A scope that this version does not know gives nothing. Nothing can be done in a project that cannot be seen.
    private static HashSet<Permission> Scopes(IEnumerable<string> names)
    {
        var scopes = names.Select(PermissionNames.Parse).OfType<Permission>().ToHashSet();
        if (scopes.Any(scope => AccessTable.Of(scope).Scope == AccessScope.Project))
            scopes.Add(Permission.SeeProject);
        return scopes;
    }
}
