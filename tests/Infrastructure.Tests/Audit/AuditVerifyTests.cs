using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.Audit;

/// <summary>What a database administrator does to single entries is found and located.</summary>
public sealed class AuditVerifyTests
{
    [Theory, DatabaseData]
    public async Task Verify_UntouchedTrail_IsIntact(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        var result = await world.VerifyAsync(await world.TextsAsync());
        result.Reason.ShouldBeNull();
        (result.Intact, result.Entries, result.Checkpoints).ShouldBe((true, 600, 2));
        result.Root.ShouldBe((await world.SignAsync()).Checkpoint.Root.ToString());
        result.Head.ShouldBe((await world.SignAsync()).Checkpoint.Head.ToString());
    }

    [Theory, DatabaseData]
    public async Task Verify_EmptyTrail_IsIntact(DatabaseKind kind)
    {
        await using var world = await AuditWorld.EmptyAsync(kind);
        (await world.VerifyAsync()).ShouldSatisfyAllConditions(result => result.Intact.ShouldBeTrue(), result => result.Entries.ShouldBe(0));
    }

    [Theory]
    [DatabaseData("\"ActorKind\" = 'system'")]
    [DatabaseData("\"ActorName\" = 'eve'")]
    [DatabaseData("\"Action\" = 'step.skip'")]
    [DatabaseData("\"ProjectId\" = NULL")]
    [DatabaseData("\"ReleaseId\" = '0192F0C1-2C2D-7000-8000-000000000000'")]
    [DatabaseData("\"Subject\" = 'other'")]
    [DatabaseData("\"Before\" = NULL")]
    [DatabaseData("\"Before\" = ''")]
    [DatabaseData("\"After\" = '{}'")]
    [DatabaseData("\"PreviousHash\" = 'x' || substr(\"PreviousHash\", 2)")]
    [DatabaseData("\"Hash\" = upper(\"Hash\")")]
    [DatabaseData("\"Hash\" = ''")]
    public async Task Verify_ColumnChanged_NamesTheEntry(DatabaseKind kind, string change)
    {
        foreach (var entry in new[] { 1L, 300, 600 })
        {
            await using var world = await AuditWorld.CreateAsync(kind);
            await world.TamperAsync($"UPDATE audit SET {change} WHERE \"Sequence\" = {entry}");
            var result = await world.VerifyAsync();
            result.FirstBad.ShouldBe(entry, result.Reason);
            result.Entries.ShouldBe(entry - 1);
            result.Findings[0].Kind.ShouldBe(AuditFindingKind.EntryChanged);
            result.Findings[0].WhatToDo.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "\"At\" = \"At\" + 1")]
    [InlineData(DatabaseKind.Sqlite, "\"At\" = CAST(\"At\" AS TEXT) || 'x'")]
    [InlineData(DatabaseKind.Sqlite, "\"Subject\" = CAST(\"Subject\" AS BLOB)")]
    [InlineData(DatabaseKind.Sqlite, "\"ProjectId\" = 'none'")]
    [InlineData(DatabaseKind.Postgres, "\"At\" = \"At\" + interval '1 millisecond'")]
    [InlineData(DatabaseKind.Postgres, "\"At\" = \"At\" + interval '1 microsecond'")]
    public async Task Verify_TimeOrTypeChanged_NamesTheEntry(DatabaseKind kind, string change)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.TamperAsync($"UPDATE audit SET {change} WHERE \"Sequence\" = 300");
        var result = await world.VerifyAsync();
        (result.FirstBad, result.Findings[0].Kind).ShouldBe((300, AuditFindingKind.EntryChanged));
    }

    [Theory]
    [DatabaseData(1L, 1L)]
    [DatabaseData(256L, 256L)]
    [DatabaseData(300L, 310L)]
    public async Task Verify_EntriesRemoved_NamesTheGap(DatabaseKind kind, long first, long last)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.TamperAsync($"DELETE FROM audit WHERE \"Sequence\" BETWEEN {first} AND {last}");
        Finding(await world.VerifyAsync()).ShouldBe((AuditFindingKind.EntryRemoved, first, last));
    }

    [Theory]
    [DatabaseData(600L)]
    [DatabaseData(512L)]
    [DatabaseData(1L)]
    public async Task Verify_TailRemoved_NamesWhatIsMissing(DatabaseKind kind, long first)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.TamperAsync($"DELETE FROM audit WHERE \"Sequence\" >= {first}");
        Finding(await world.VerifyAsync()).ShouldBe((AuditFindingKind.TailCut, first, 600));
    }

    [Theory, DatabaseData]
    public async Task Verify_RemovedAndRenumbered_NamesTheRemoved(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.TamperAsync(
            "DELETE FROM audit WHERE \"Sequence\" = 300",
            "UPDATE audit SET \"Sequence\" = -\"Sequence\" WHERE \"Sequence\" > 300",
            "UPDATE audit SET \"Sequence\" = -\"Sequence\" - 1 WHERE \"Sequence\" < 0",
            "UPDATE audit_head SET \"Sequence\" = 599");
        Finding(await world.VerifyAsync()).ShouldBe((AuditFindingKind.EntryRemoved, 300, 300));
    }

    [Theory, DatabaseData]
    public async Task Verify_InsertedBetween_NamesTheInserted(DatabaseKind kind)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.TamperAsync(
            "UPDATE audit SET \"Sequence\" = -\"Sequence\" WHERE \"Sequence\" >= 300",
            "UPDATE audit SET \"Sequence\" = -\"Sequence\" + 1 WHERE \"Sequence\" < 0",
            Copy(from: 299, to: 300, subject: "'forged'"),
            "UPDATE audit_head SET \"Sequence\" = 601");
        Finding(await world.VerifyAsync()).ShouldBe((AuditFindingKind.EntryInserted, 300, 300));
    }

    [Theory]
    [DatabaseData(601L)]
    [DatabaseData(0L)]
    [DatabaseData(-7L)]
    public async Task Verify_InsertedOutside_NamesTheInserted(DatabaseKind kind, long at)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.TamperAsync(Copy(from: 600, to: at, subject: "'forged'"));
        var (found, first, _) = Finding(await world.VerifyAsync());
        (found, first).ShouldBe((AuditFindingKind.EntryInserted, at));
    }

    [Theory]
    [DatabaseData(10L, 11L)]
    [DatabaseData(250L, 290L)]
    public async Task Verify_Exchanged_NamesBoth(DatabaseKind kind, long one, long other)
    {
        await using var world = await AuditWorld.CreateAsync(kind);
        await world.TamperAsync(
            $"UPDATE audit SET \"Sequence\" = -1 WHERE \"Sequence\" = {one}",
            $"UPDATE audit SET \"Sequence\" = {one} WHERE \"Sequence\" = {other}",
            $"UPDATE audit SET \"Sequence\" = {other} WHERE \"Sequence\" = -1");
        Finding(await world.VerifyAsync()).ShouldBe((AuditFindingKind.EntryMoved, one, other));
    }

    [Theory, DatabaseData]
    public async Task Verify_HeadTamperedWith_SaysSo(DatabaseKind kind)
    {
        foreach (var (sql, found) in new[]
                 {
                     ("DELETE FROM audit_head", AuditFindingKind.HeadChanged),
                     ("UPDATE audit_head SET \"Hash\" = upper(\"Hash\")", AuditFindingKind.HeadChanged),
                     ("UPDATE audit_head SET \"Sequence\" = 700", AuditFindingKind.TailCut),
                     ("UPDATE audit_head SET \"Sequence\" = 590", AuditFindingKind.EntryInserted),
                 })
        {
            await using var world = await AuditWorld.CreateAsync(kind);
            await world.TamperAsync(sql);
            var result = await world.VerifyAsync();
            result.Findings.ShouldContain(finding => finding.Kind == found, sql);
        }
    }

    [Theory, DatabaseData]
    public async Task Verify_BeyondOnePart_ChecksAcrossTheSeam(DatabaseKind kind)
    {
        await using var world = await AuditWorld.EmptyAsync(kind);
        await world.FillAsync(20_000);
        await world.FillAsync(20_000);
        await world.FillAsync(20_000);
        await world.FillAsync(6_000);
        await world.SignAsync();
        var result = await world.VerifyAsync();
        (result.Reason, result.Entries, result.Checkpoints).ShouldBe((null, 66_000, 1));
        // The seam is between 65,536 and 65,537: an entry that was written again just before it is only seen from behind it.
        await world.TamperAsync("UPDATE audit SET \"PreviousHash\" = \"Hash\" WHERE \"Sequence\" = 65537");
        (await world.VerifyAsync()).FirstBad.ShouldBe(65_537);
    }

    internal static (AuditFindingKind Kind, long? First, long? Last) Finding(AuditVerification result)
    {
        result.Intact.ShouldBeFalse();
        var first = result.Findings[0];
        first.What.ShouldNotBeEmpty();
        first.WhatToDo.ShouldNotBeEmpty();
        return (first.Kind, first.First, first.Last);
    }

    private static string Copy(long from, long to, string subject) =>
        $"""
        INSERT INTO audit ("Sequence", "At", "ActorKind", "ActorName", "Action", "ProjectId", "ReleaseId", "Subject", "Before", "After", "PreviousHash", "Hash")
        SELECT {to}, "At", "ActorKind", "ActorName", "Action", "ProjectId", "ReleaseId", {subject}, "Before", "After", "PreviousHash", "Hash" FROM audit WHERE "Sequence" = {from}
        """;
}
