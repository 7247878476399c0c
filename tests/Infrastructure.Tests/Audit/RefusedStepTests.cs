using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Tests.Approvals;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;
using static ReleaseDashboard.Infrastructure.Tests.Approvals.ApprovalWorld;

namespace ReleaseDashboard.Infrastructure.Tests.Audit;

/// <summary>Who was refused a decision or an action on a step stands in the audit trail.</summary>
public sealed class RefusedStepTests
{
    private static readonly Actor Vic = Actor.Person("vic", Roles.Viewer);

    [Theory, DatabaseData]
    public async Task StepAction_Refused_IsAudited(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer}");
        var (release, asked) = await world.AskAsync();
        var stale = new string('0', 64);

        (await world.DecideAsync(EngineHost.Maintainer, release, asked.EvidenceDigest)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await world.DecideAsync(Vic, release, asked.EvidenceDigest)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await world.DecideAsync(Ana, release, stale)).Refusal.ShouldBe(Refusal.Conflict);
        (await world.DecideAsync(Ana, release, stale)).Refusal.ShouldBe(Refusal.Conflict);
        var skip = world.Engine.Get<SkipStep>();
        (await skip.RunAsync(EngineHost.Maintainer, release, "publish", "no", CancellationToken.None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await skip.RunAsync(EngineHost.Maintainer, release, "pasted-secret", "no", CancellationToken.None)).Refusal.ShouldBe(Refusal.NotFound);
        (await skip.RunAsync(EngineHost.Maintainer, Guid.CreateVersion7(), "publish", "no", CancellationToken.None)).Refusal.ShouldBe(Refusal.NotFound);
        (await world.DecideAsync(Ana, release, asked.EvidenceDigest)).Message.ShouldBe("");

        var entries = await RefusalsAsync(world);
        entries.Select(entry => (entry.Who, entry.Action, entry.Subject, entry.Reason)).ShouldBe(
        [
            ("maintainer", "approval.refuse", "1.2.0/approve", "not allowed"),
            ("vic", "approval.refuse", "1.2.0/approve", "not allowed"),
            ("ana", "approval.refuse", "1.2.0/approve", "in conflict"),
            ("maintainer", "step.refuse", "1.2.0/publish", "not allowed"),
            ("maintainer", "step.refuse", "1.2.0/an unknown step", "not there, or not shown"),
            ("maintainer", "step.refuse", "an unknown release", "not there, or not shown"),
        ]);
        entries.Select(entry => entry.Project is null).ShouldBe([false, false, false, false, false, true]);
    }

    private static async Task<List<(string Who, string Action, string Subject, string? Reason, Guid? Project)>> RefusalsAsync(ApprovalWorld world)
    {
        await using var db = world.Engine.Ledger.Read();
        var entries = await db.Audit.Where(entry => entry.Action == "step.refuse" || entry.Action == "approval.refuse").OrderBy(entry => entry.Sequence).ToListAsync();
        return [.. entries.Select(entry => (entry.ActorName, entry.Action, entry.Subject, JsonDocument.Parse(entry.After!).RootElement.GetProperty("reason").GetString(), entry.ProjectId))];
    }
}
