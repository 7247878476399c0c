using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Audit;

/// <summary>What entries alone cannot show is found against checkpoints, and whoever changes those is found too.</summary>
public sealed class CheckpointVerifyTests
{
    [Theory, DatabaseData]
    public async Task Verify_WholeTrailRewritten_IsFoundWithTheCheckpointKeptElsewhere(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        var kept = (await world.SignAsync()).Text;
        await world.RewriteAsync(from: 1);
        await world.TamperAsync("DELETE FROM audit_checkpoints", "DELETE FROM audit_tiles");
        (await world.VerifyAsync()).Intact.ShouldBeTrue("entries, end and nothing else: whoever has no checkpoint cannot know");
        var result = await world.VerifyAsync(kept);
        AuditVerifyTests.Finding(result).ShouldBe((AuditFindingKind.Rewritten, 1, 600));
        result.Reason!.ShouldContain("rewritten at or before entry 600");
    }

    [Theory, DatabaseData]
    public async Task Verify_RewrittenAfterAnOlderCheckpoint_IsNarrowedByIt(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        var kept = await world.TextsAsync();
        await world.RewriteAsync(from: 400);
        await world.TamperAsync("DELETE FROM audit_checkpoints", "DELETE FROM audit_tiles");
        var result = await world.VerifyAsync(kept);
        AuditVerifyTests.Finding(result).ShouldBe((AuditFindingKind.Rewritten, 301, 600));
        result.Checkpoints.ShouldBe(1);
    }

    [Theory]
    [DatabaseData(100L, 1L, 256L)]
    [DatabaseData(400L, 301L, 512L)]
    [DatabaseData(550L, 301L, 600L)]
    public async Task Verify_RewrittenWithTheTreeLeft_IsNarrowedByTheTree(DatabaseKind kind, long from, long first, long last)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.RewriteAsync(from);
        AuditVerifyTests.Finding(await world.VerifyAsync()).ShouldBe((AuditFindingKind.Rewritten, first, last));
    }

    [Theory, DatabaseData]
    public async Task Verify_TailCutWithTheEndSetBack_IsFoundWithACheckpoint(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        var kept = (await world.SignAsync()).Text;
        await world.CutAsync(last: 550);
        AuditVerifyTests.Finding(await world.VerifyAsync()).ShouldBe((AuditFindingKind.TailCut, 551, 600));
        await world.TamperAsync("DELETE FROM audit_checkpoints WHERE \"Size\" > 550");
        (await world.VerifyAsync()).Intact.ShouldBeTrue();
        AuditVerifyTests.Finding(await world.VerifyAsync(kept)).ShouldBe((AuditFindingKind.TailCut, 551, 600));
    }

    [Theory, DatabaseData]
    public async Task Verify_TailCutWithTheTreeLeft_IsFoundByTheTree(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.CutAsync(last: 500);
        await world.TamperAsync("DELETE FROM audit_checkpoints WHERE \"Size\" > 500");
        AuditVerifyTests.Finding(await world.VerifyAsync()).ShouldBe((AuditFindingKind.TailCut, 501, 512));
    }

    [Theory]
    [DatabaseData("\"Size\" = 599")]
    [DatabaseData("\"Root\" = upper(\"Root\")")]
    [DatabaseData("\"KeyId\" = 'other'")]
    [DatabaseData("\"Text\" = replace(\"Text\", 'size: 600', 'size: 599')")]
    [DatabaseData("\"Text\" = ''")]
    public async Task Verify_StoredCheckpointChanged_SaysSo(DatabaseKind kind, string change)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.TamperAsync($"UPDATE audit_checkpoints SET {change} WHERE \"Size\" = 600");
        AuditVerifyTests.Finding(await world.VerifyAsync()).ShouldBe((AuditFindingKind.CheckpointChanged, null, null));
    }

    [Theory, DatabaseData]
    public async Task Verify_StoredCheckpointForgedThroughout_SaysSo(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.TamperAsync("UPDATE audit_checkpoints SET \"Size\" = 599, \"Text\" = replace(\"Text\", 'size: 600', 'size: 599') WHERE \"Size\" = 600");
        AuditVerifyTests.Finding(await world.VerifyAsync()).ShouldBe((AuditFindingKind.CheckpointForged, null, null));
    }

    [Theory, DatabaseData]
    public async Task Verify_StoredCheckpointRemoved_IsMissedByTheNextAndByTheFile(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        var kept = await world.TextsAsync();
        await world.TamperAsync("DELETE FROM audit_checkpoints WHERE \"Size\" = 300");
        AuditVerifyTests.Finding(await world.VerifyAsync()).ShouldBe((AuditFindingKind.CheckpointChanged, null, null));
        await world.TamperAsync("DELETE FROM audit_checkpoints");
        (await world.VerifyAsync()).Intact.ShouldBeTrue();
        AuditVerifyTests.Finding(await world.VerifyAsync(kept)).ShouldBe((AuditFindingKind.CheckpointChanged, null, null));
    }

    [Theory, DatabaseData]
    public async Task Verify_BroughtCheckpointForged_IsNotTrusted(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        var own = await world.SignAsync();
        using var stranger = CheckpointKey.Create();
        var foreign = SignedCheckpoint.Sign(own.Checkpoint with { KeyId = CheckpointKey.IdOf(stranger) }, stranger);
        var pretended = SignedCheckpoint.Sign(own.Checkpoint, stranger);
        foreach (var text in new[] { foreign.Text, pretended.Text, own.Text.Replace("size: 600", "size: 601", StringComparison.Ordinal), own.Text[..^40], "no checkpoint" })
            AuditVerifyTests.Finding(await world.VerifyAsync(text)).ShouldBe((AuditFindingKind.CheckpointForged, null, null));
        (await world.VerifyAsync(foreign.Text, stranger.ExportSubjectPublicKeyInfoPem())).Intact.ShouldBeTrue("it says the same, by a key that was given to trust");
    }

    [Theory]
    [DatabaseData("UPDATE audit_tiles SET \"Hash\" = '00' WHERE \"Index\" = 1", AuditFindingKind.TreeChanged)]
    [DatabaseData("DELETE FROM audit_tiles WHERE \"Index\" = 0", AuditFindingKind.TreeChanged)]
    [DatabaseData("UPDATE audit_tiles SET \"Level\" = 2 WHERE \"Index\" = 0", AuditFindingKind.TreeChanged)]
    [DatabaseData("UPDATE audit_tiles SET \"Index\" = 9 WHERE \"Index\" = 1", AuditFindingKind.TailCut)]
    public async Task Verify_TreeTamperedWith_SaysSo(DatabaseKind kind, string sql, AuditFindingKind found)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.TamperAsync(sql);
        (await world.VerifyAsync()).Findings.ShouldContain(finding => finding.Kind == found);
    }

    [Theory, DatabaseData]
    public async Task Verify_TimesTamperedWith_SaysSo(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.FillAsync(600);
        await world.SignAsync();
        await world.TamperAsync("UPDATE audit_spans SET \"Earliest\" = \"Latest\", \"Latest\" = \"Earliest\"");
        AuditVerifyTests.Finding(await world.VerifyAsync()).ShouldBe((AuditFindingKind.TimesChanged, null, null));
    }

    [Theory, DatabaseData]
    public async Task Protected_Tables_RefuseChanges(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await using var db = world.Database.Ledger.Read();
        foreach (var table in new[] { "audit", "audit_checkpoints", "audit_tiles" })
        {
            var sql = $"DELETE FROM {table}";
            var refused = await Should.ThrowAsync<System.Data.Common.DbException>(() => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, sql, CancellationToken.None));
            refused.Message.ShouldContain("never changed or removed");
        }
    }

    [Theory, DatabaseData]
    public async Task Make_OverARewrittenTrail_IsRefused(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.RewriteAsync(from: 590);
        await world.FillAsync(1);
        (await world.Maker.MakeAsync(CancellationToken.None)).Error!.Message.ShouldContain("not those");
        await world.CutAsync(last: 550);
        (await world.Maker.MakeAsync(CancellationToken.None)).Error!.Message.ShouldContain("550");
    }

    [Theory, DatabaseData]
    public async Task Make_WithoutNewEntries_GivesTheLast(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        var last = await world.SignAsync();
        (await world.SignAsync()).ShouldBe(last);
        await world.FillAsync(1);
        var next = await world.SignAsync();
        next.Checkpoint.Previous.ShouldBe(last.Reference);
    }

    [Theory, DatabaseData]
    public async Task Rotate_Key_OldCheckpointsStayGood(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        var (old, fresh) = world.Keys.Rotate();
        old.ShouldNotBe(fresh);
        await world.FillAsync(1);
        (await world.SignAsync()).Checkpoint.KeyId.ShouldBe(fresh);
        var result = await world.VerifyAsync();
        (result.Reason, result.Checkpoints).ShouldBe((null, 3));
    }
}
