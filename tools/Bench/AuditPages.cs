using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Audit.Listing;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Bench;

/// <summary>Every combination of filters, at the beginning, in the middle and at the end of what they leave.</summary>
internal static class AuditPages
{
    public static async Task<IReadOnlyList<AuditFilter>> FiltersAsync(LedgerStore ledger)
    {
        await using var db = ledger.Read();
        var last = await db.AuditHead.Select(head => head.Sequence).SingleAsync();
        var middle = await db.Audit.FirstAsync(entry => entry.Sequence == last / 2);
        var release = await db.Audit.Where(entry => entry.Sequence > last / 3 && entry.ReleaseId != null).OrderBy(entry => entry.Sequence).Select(entry => entry.ReleaseId).FirstAsync();
        // A worker that was there for a day long ago, people and projects that do much and hardly anything.
        var worker = await db.Audit.Where(entry => entry.Sequence > last / 4 && entry.ActorKind == "worker").OrderBy(entry => entry.Sequence).Select(entry => entry.ActorName).FirstAsync();
        string?[] actors = [null, "p00", "p59", worker, "nobody"];
        string?[] actions = [null, "step.succeed", "approval.reject", "user.update", "step.", "session.", "none."];
        string?[] projects = [null, "project-00", "project-39"];
        (DateTimeOffset? From, DateTimeOffset? To)[] times =
            [(null, null), (middle.At, null), (null, middle.At), (middle.At, middle.At.AddDays(1)), (middle.At.AddYears(-20), middle.At.AddYears(-19))];
        long?[] depths = [null, last / 2, 1000];
        return
        [
            .. from actor in actors
               from action in actions
               from project in projects
               from time in times
               from before in depths
               select new AuditFilter { Actor = actor, Action = action, Project = project, From = time.From, To = time.To, Before = before, Count = 101 },
            .. from actor in actors from action in actions select new AuditFilter { Release = release, Actor = actor, Action = action, Count = 101 },
        ];
    }
}
