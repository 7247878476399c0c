using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>Reads accounts, and turns them into who acts.</summary>
public sealed class AccountQueries(LedgerStore ledger)
{
    public async Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Users.FirstOrDefaultAsync(user => user.Id == id, cancellationToken) is { } user ? Account.Of(user) : null;
    }

    public async Task<Account?> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        var normalized = AccountRules.Normalize(name);
        await using var db = ledger.Read();
        return await db.Users.FirstOrDefaultAsync(user => user.NormalizedName == normalized, cancellationToken) is { } user ? Account.Of(user) : null;
    }

    /// <summary>The person with this name as one who acts, with groups and roles in projects; null when unknown or disabled.</summary>
    public async Task<Actor?> FindActorAsync(string name, CancellationToken cancellationToken)
    {
        var normalized = AccountRules.Normalize(name);
        await using var db = ledger.Read();
        var reach = await Reach.ReadAsync(db, db.Users.Where(user => user.NormalizedName == normalized && !user.IsDisabled), null, cancellationToken);
        return reach?.ToActor();
    }

    /// <summary>The person behind an open session; null when it is unknown, ended or too old, or its owner is disabled.</summary>
    public async Task<SessionOwner?> FindSessionAsync(Guid userId, Guid sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var reach = await Reach.ReadAsync(db, db.Users.Where(user => user.Id == userId && !user.IsDisabled), sessionId, cancellationToken);
        return reach?.Session is { EndedAt: null } session && now - session.CreatedAt < Sessions.MaximumAge
            ? new SessionOwner(Account.Of(reach.User), reach.ToActor(), session.Id, session.ConfirmedAt)
            : null;
    }

    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return [.. (await db.Users.OrderBy(user => user.NormalizedName).ToListAsync(cancellationToken)).Select(Account.Of)];
    }

    /// <summary>Every active person with the roles and groups that count in a project, by name.</summary>
    public async Task<IReadOnlyList<Actor>> InProjectAsync(Guid projectId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var users = await db.Users.Where(user => !user.IsDisabled).OrderBy(user => user.NormalizedName).ToListAsync(cancellationToken);
        var groups = (await db.GroupMembers.Join(db.Groups, member => member.GroupId, group => group.Id, (member, group) => new { member.UserId, group.Id, group.Name })
            .ToListAsync(cancellationToken)).ToLookup(row => row.UserId);
        var given = await db.ProjectRoles.Where(role => role.ProjectId == projectId).ToDictionaryAsync(role => role.SubjectId, role => role.Roles, cancellationToken);
        return [.. users.Select(user => Actor.Person(user.Name, user.Roles) with
        {
            Groups = [.. groups[user.Id].Select(row => row.Name).Order(StringComparer.OrdinalIgnoreCase)],
            ProjectRoles = new Dictionary<Guid, Roles> { [projectId] = groups[user.Id].Select(row => row.Id).Append(user.Id).Aggregate(Roles.None, (all, id) => all | given.GetValueOrDefault(id)) },
        })];
    }

    /// <summary>
    /// Sign-in names by GitHub login (without regard to case): whom the author or reviewer of a commit or pull request is here.
    /// Logins that nobody here has are left out.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>> ByGitHubLoginsAsync(IReadOnlyCollection<string> logins, CancellationToken cancellationToken)
    {
        var wanted = logins.Select(login => login.ToLowerInvariant()).Distinct().ToList();
        await using var db = ledger.Read();
        var found = await db.Users.Where(user => user.GitHubLogin != null && wanted.Contains(user.GitHubLogin.ToLower()))
            .Select(user => new { Login = user.GitHubLogin!, user.Name }).ToListAsync(cancellationToken);
        return found.ToDictionary(row => row.Login, row => row.Name, StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>Whose session it is, and what that person may do at this moment.</summary>
/// <param name="ConfirmedAt">When the person last proved who it is.</param>
public sealed record SessionOwner(Account Account, Actor Actor, Guid SessionId, DateTimeOffset ConfirmedAt);
