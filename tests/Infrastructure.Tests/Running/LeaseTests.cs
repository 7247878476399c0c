using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Running;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;

namespace ReleaseDashboard.Infrastructure.Tests.Running;

public sealed class LeaseTests
{
    [Theory, DatabaseData]
    public async Task Claim_ByManyAtOnce_HasOneWinner(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var held = new TaskCompletionSource();
        var step = new ScriptedStep { Before = (_, token) => held.Task.WaitAsync(token) };
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, step);
        var release = await engine.StartReleaseAsync();
        await engine.WaitAsync(release, view => view.Steps.First().Status == StepStatus.Running);
        var ledger = engine.Get<StepLedger>();
        var claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => ledger.ClaimAsync(release, "one", CancellationToken.None))));
        claims.ShouldAllBe(claim => claim == null);
        held.SetResult();
        await engine.WaitForAsync(release, ReleaseStatus.Published);
        step.Acts["one"].ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task Steps_SideBySide_AllRunOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var step = new ScriptedStep();
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.Parallel(12), step);
        await engine.WaitForAsync(await engine.StartReleaseAsync(), ReleaseStatus.Published);
        step.Acts.Count.ShouldBe(12);
        step.Acts.Values.ShouldAllBe(count => count == 1);
    }

    [Theory, DatabaseData]
    public async Task Worker_StoppedPastItsLease_LosesTheStepAndItsOutcomeIsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var step = new ScriptedStep();
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, step);
        var hold = new TaskCompletionSource();
        step.Before = (_, token) => hold.Task.WaitAsync(token);
        var release = await engine.StartReleaseAsync();
        await engine.WaitAsync(release, view => view.Steps.First().Status == StepStatus.Running);

        // As if its holder stood still: the lease is freed behind its back, and a second claim takes the step over.
        var first = await StepAsync(engine, release);
        await engine.Ledger.AppendAsync(
            db => db.Steps.Where(row => row.Id == first.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseHolder, "someone-else")),
            CancellationToken.None);
        await engine.WaitAsync(release, view => view.Steps.First().Attempts == 2);
        hold.SetResult();
        await engine.WaitForAsync(release, ReleaseStatus.Published);

        var second = await StepAsync(engine, release);
        second.Fence.ShouldBeGreaterThan(first.Fence);
        step.Acts["one"].ShouldBe(1);
        await using var db = engine.Ledger.Read();
        var outcomes = await db.Attempts.Where(attempt => attempt.StepId == first.Id).OrderBy(attempt => attempt.Number).Select(attempt => attempt.Outcome).ToListAsync();
        outcomes.ShouldBe([AttemptOutcome.Lost, AttemptOutcome.Succeeded]);
    }

    // PostgreSQL only: one SQLite file belongs to one process.
    [Fact]
    public async Task Workers_TwoOnOneDatabase_ShareTheStepsAndNoneRunsTwice()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        var step = new ScriptedStep();
        await using var one = await EngineHost.StartAsync(database.Options, EnginePlaybooks.Parallel(20), step);
        await using var two = await EngineHost.StartAsync(database.Options, EnginePlaybooks.Parallel(20), step);
        var releases = new[] { await one.StartReleaseAsync(), await two.StartReleaseAsync() };
        foreach (var release in releases)
            await one.WaitForAsync(release, ReleaseStatus.Published);
        step.ActsByIntent.ShouldNotBeEmpty();
        step.ActsByIntent.Values.ShouldAllBe(count => count == 1);
    }

    [Theory, DatabaseData]
    public async Task Audit_AfterARelease_IsWholeAndRefusesChanges(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var engine = await EngineHost.StartAsync(database.Options, EnginePlaybooks.ThreeSteps, new ScriptedStep());
        await engine.WaitForAsync(await engine.StartReleaseAsync(), ReleaseStatus.Published);
        await using var db = engine.Ledger.Read();
        using var verify = new AuditVerify(engine.Ledger, new CheckpointKeys(database.DataFolder));
        var verified = await verify.RunAsync(CancellationToken.None);
        verified.Reason.ShouldBeNull();
        verified.Entries.ShouldBe(8); // start, 3 times start and succeed, publish
        await Should.ThrowAsync<Exception>(() => db.Audit.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.ActorName, "nobody")));
        await Should.ThrowAsync<Exception>(() => db.Audit.ExecuteDeleteAsync());
    }

    private static async Task<StepRecord> StepAsync(EngineHost engine, Guid release)
    {
        await using var db = engine.Ledger.Read();
        return await db.Steps.FirstAsync(step => step.ReleaseId == release && step.Key == "one");
    }
}
