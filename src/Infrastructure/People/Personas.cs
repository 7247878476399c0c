using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>A made-up person of the sandbox, signed in with one click.</summary>
/// <param name="May">What the person may do, as the sign-in page says it.</param>
public sealed record Persona(string Name, string DisplayName, Roles Roles, string May)
{
    public static IReadOnlyList<Persona> All { get; } =
    [
        new("maintainer", "Maintainer", Roles.Viewer | Roles.Maintainer, "Starts releases and runs their steps"),
        new("reviewer", "Reviewer", Roles.Viewer | Roles.Reviewer, "Approves exactly what will be published"),
        new("lead", "Lead", Roles.Viewer | Roles.Reviewer | Roles.Administrator, "Reads the history, approves, manages projects"),
    ];
}

/// <summary>The personas' accounts. Registered in the sandbox only.</summary>
public sealed class Personas(LedgerStore ledger, Accounts accounts)
{
    /// <summary>The persona's account, made when it is not there; null for an unknown persona or a name that a real person has.</summary>
    public Task<Account?> SignInAsync(string name, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (Persona.All.FirstOrDefault(known => known.Name == name) is not { } persona)
                    return write.Refuse<Account?>(null);
                var normalized = AccountRules.Normalize(name);
                var user = await write.Db.Users.FirstOrDefaultAsync(record => record.NormalizedName == normalized, write.CancellationToken);
                // One click must never lead into the account of a real person who happens to have this name.
                if (user is { PasswordHash: not null } or { GitHubId: not null } or { IsDisabled: true })
                    return write.Refuse<Account?>(null);
                if (user is null)
                {
                    user = accounts.NewUser(write, persona.Name, persona.DisplayName, persona.Roles);
                    write.Audit(Actor.System, "user.create", null, null, user.Name, after: new { Roles = user.Roles.ToString(), Persona = true });
                }
                return Account.Of(user);
            },
            cancellationToken);
}
