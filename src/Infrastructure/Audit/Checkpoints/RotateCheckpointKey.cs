using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Audit.Checkpoints;

/// <summary>
/// Puts a new signing key in the place of the old one. The old one signs last what is there, the rotation itself becomes
/// an entry, and the new one signs over both: whoever trusts the old key finds the new one vouched for. Only a command on the
/// server does it, where the keys are.
/// </summary>
public sealed class RotateCheckpointKey(LedgerStore ledger, CheckpointMaker maker, CheckpointKeys keys)
{
    /// <returns>The id of the new key, or why the old one did not sign.</returns>
    public async Task<Result<string, CheckpointRefusal>> RunAsync(CancellationToken cancellationToken)
    {
        await using (var db = ledger.Read())
        {
            if (await db.Audit.AnyAsync(cancellationToken))
            {
                var last = await maker.MakeAsync(cancellationToken);
                if (!last.IsOk)
                    return last.Error;
            }
        }
        var (old, fresh) = keys.Rotate();
        await ledger.WriteAsync(
            write =>
            {
                write.Audit(Actor.System, "audit.rotate-key", null, null, fresh, new { Key = old }, new { Key = fresh });
                return Task.FromResult(true);
            },
            cancellationToken);
        var first = await maker.MakeAsync(cancellationToken);
        return first.IsOk ? fresh : first.Error;
    }
}
