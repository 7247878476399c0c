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
    /// <summary>Makes a token for a person's own use, or for anybody's by an administrator. Its text is given this once.</summary>
    /// <param name="roles">What the token may do at most; none but the owner's own roles.</param>
    public Task<Result<NewApiToken, ActionResult>> CreateAsync(
        Actor actor, string owner, string name, Roles roles, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        ledger.WriteAsync<Result<NewApiToken, ActionResult>>(
            async write =>
            {
                if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, "A token has a name of 1 to 100 characters, so that it can be told from others."));
                if (lifetime is { } span && (span <= TimeSpan.Zero || span > TimeSpan.FromDays(3660)))
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, "A token expires in 1 to 3660 days."));
                var normalized = AccountRules.Normalize(owner);
                if (await write.Db.Users.FirstOrDefaultAsync(record => record.NormalizedName == normalized, write.CancellationToken) is not { } user)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, $"There is no account {owner}."));
                if (user.Name != actor.Name && !actor.Has(Roles.Administrator))
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, "A token for another person needs the role administrator."));
                if (roles == Roles.None || (roles & ~user.Roles) != 0)
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, $"{user.Name} has the roles {RoleNames.Of(user.Roles)}; a token has some of these."));
                var text = ApiTokenText.New();
                var token = new ApiTokenRecord
                {
                    Id = Guid.CreateVersion7(time.GetUtcNow()),
                    UserId = user.Id,
                    Name = name.Trim(),
                    Hash = ApiTokenText.Hash(text),
                    Roles = roles,
                    CreatedAt = write.Now,
                    ExpiresAt = write.Now + lifetime,
                };
                write.Db.ApiTokens.Add(token);
                write.Audit(actor, "token.create", null, null, token.Name, after: new { token.Id, Owner = user.Name, Roles = roles.ToString(), token.ExpiresAt });
                return new NewApiToken(token.Id, text, token.ExpiresAt);
            },
            cancellationToken);

    public Task<ActionResult> RevokeAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                var token = await write.Db.ApiTokens.FirstOrDefaultAsync(record => record.Id == id, write.CancellationToken);
                var owner = token is null ? null : await write.Db.Users.FirstAsync(user => user.Id == token.UserId, write.CancellationToken);
                if (token is null || owner is null)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such token."));
                if (owner.Name != actor.Name && !actor.Has(Roles.Administrator))
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, "Another person's token is revoked by an administrator."));
                if (token.RevokedAt is not null)
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"The token {token.Name} is revoked already."));
                token.RevokedAt = write.Now;
                write.Audit(actor, "token.revoke", null, null, token.Name, after: new { token.Id, Owner = owner.Name });
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
            .Select(row => new ApiTokenSummary(row.token.Id, row.user.Name, row.token.Name, row.token.Roles, row.token.CreatedAt, row.token.ExpiresAt, row.token.RevokedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Whom the token acts for now, or null when it is unknown, revoked or expired, or its owner is disabled.</summary>
    public async Task<TokenOwner?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (!ApiTokenText.LooksRight(text))
            return null;
        var hash = ApiTokenText.Hash(text);
        await using var db = ledger.Read();
        var token = await db.ApiTokens.FirstOrDefaultAsync(record => record.Hash == hash, cancellationToken);
        if (token is null or { RevokedAt: not null } || token.ExpiresAt <= time.GetUtcNow())
            return null;
        var user = await db.Users.FirstOrDefaultAsync(record => record.Id == token.UserId, cancellationToken);
        return user is null or { IsDisabled: true } ? null : new TokenOwner(Account.Of(user), Actor.Token(user.Name, token.Roles & user.Roles));
    }
}

/// <summary>A token's text, which is never shown again.</summary>
public sealed record NewApiToken(Guid Id, string Text, DateTimeOffset? ExpiresAt)
{
    // The generated text would print the token.
    public override string ToString() => $"token {Id}";
}

/// <summary>What may be known of a token.</summary>
public sealed record ApiTokenSummary(Guid Id, string Owner, string Name, Roles Roles, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);

/// <summary>Whose token it is, and what it may do at this moment.</summary>
public sealed record TokenOwner(Account Account, Actor Actor);
