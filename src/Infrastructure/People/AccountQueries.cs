using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>Reads accounts.</summary>
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

    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return [.. (await db.Users.OrderBy(user => user.NormalizedName).ToListAsync(cancellationToken)).Select(Account.Of)];
    }
}
