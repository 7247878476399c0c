using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Core.Audit.Merkle;

namespace ReleaseDashboard.Core.Tests.Audit;

public sealed class SignedCheckpointTests
{
    [Fact]
    public void Read_OfItsText_IsTheSameAndTheSignatureHolds()
    {
        using var key = CheckpointKey.Create();
        var signed = SignedCheckpoint.Sign(Of(5, CheckpointKey.IdOf(key)), key);
        var read = SignedCheckpoint.Read(signed.Text);
        read.ShouldBe(signed);
        read!.IsSignedBy(key).ShouldBeTrue();
        SignedCheckpoint.Read(signed.Text.ReplaceLineEndings("\r\n"))!.IsSignedBy(key).ShouldBeTrue();
    }

    [Fact]
    public void Read_WithAnyLineChanged_IsNoneOrNotSigned()
    {
        using var key = CheckpointKey.Create();
        using var other = CheckpointKey.Create();
        var signed = SignedCheckpoint.Sign(Of(5, CheckpointKey.IdOf(key)), key);
        signed.IsSignedBy(other).ShouldBeFalse();
        foreach (var (old, changed) in new[] { ("size: 5", "size: 6"), ("origin: here", "origin: there"), ("root: 11", "root: 21"), ("head: 22", "head: 12"), (":00.000Z", ":01.000Z"), ("none", "4 ab") })
        {
            var text = signed.Text.Replace(old, changed, StringComparison.Ordinal);
            text.ShouldNotBe(signed.Text);
            SignedCheckpoint.Read(text)!.IsSignedBy(key).ShouldBeFalse();
        }
        SignedCheckpoint.Read(signed.Text.Replace("size: 5", "size: -5", StringComparison.Ordinal)).ShouldBeNull();
        SignedCheckpoint.Read(signed.Text.Replace("root: 1", "root: x", StringComparison.Ordinal)).ShouldBeNull();
        (signed with { Signature = "!" }).IsSignedBy(key).ShouldBeFalse();
    }

    [Fact]
    public void ReadAll_OfAnAppendedFile_FindsEach()
    {
        using var key = CheckpointKey.Create();
        var (first, second) = (SignedCheckpoint.Sign(Of(5, "k"), key), SignedCheckpoint.Sign(Of(9, "k"), key));
        SignedCheckpoint.ReadAll($"a note\n\n{first.Text}\n{second.Text}").ShouldBe([first, second]);
        SignedCheckpoint.ReadAll($"{first.Text}\n{AuditCheckpoint.Title}\nsize: 7\n").ShouldBe([first, null]);
        SignedCheckpoint.ReadAll("nothing of the kind").ShouldBeEmpty();
    }

    private static AuditCheckpoint Of(long size, string key) => new(
        "here", size, Hash256.Parse(new string('1', 64)), Hash256.Parse(new string('2', 64)), new DateTimeOffset(2026, 11, 21, 6, 0, 0, TimeSpan.Zero), AuditCheckpoint.NoPrevious, key);
}
