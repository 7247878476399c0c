using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Core.Tests.Audit;

public sealed class AuditEntryTextProperties
{
    // Everything that JSON treats in its own way, whole characters only: the databases hold nothing else.
    private static readonly Gen<string> AnyText =
        from length in Gen.Choose(0, 40)
        from parts in Gen.OneOf(
            Gen.Choose(0, 127).Select(code => ((char)code).ToString()),
            Gen.Elements("\"", "\\", "<", ">", "&", "'", "+", "`", "/", "\u007f", "\u0080", "\u00e9", "\u2028", "\ufeff", "\ufffd", "\U0001F680", "漢"),
            Gen.Choose(0x20, 0x7e).Select(code => ((char)code).ToString())).ListOf(length)
        select string.Concat(parts);

    private static readonly Gen<string?> MaybeText = Gen.OneOf(AnyText.Select(text => (string?)text), Gen.Constant<string?>(null));

    private static Arbitrary<AuditEntry> Entries => Arb.From(
        from sequence in Gen.Choose(1, int.MaxValue)
        from at in Gen.Choose(-1_000_000, int.MaxValue)
        from kind in AnyText
        from name in AnyText
        from action in AnyText
        from ids in Gen.Choose(0, 3)
        from subject in AnyText
        from before in MaybeText
        from after in MaybeText
        select new AuditEntry(sequence, DateTimeOffset.FromUnixTimeMilliseconds(at * 1000L), kind, name, action,
            (ids & 1) == 0 ? null : new Guid(at, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), (ids & 2) == 0 ? null : new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), subject, before, after));

    [Fact]
    public void After_OfStoredBytes_IsTheEntrysOwn()
    {
        var made = new AuditEntryText();
        Prop.ForAll(Entries, entry => Hash(made, entry).ShouldBe(entry.HashAfter(AuditEntry.Genesis))).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void After_OfLongTexts_IsTheEntrysOwn()
    {
        var made = new AuditEntryText();
        foreach (var text in new[] { new string('"', 100_000), new string('é', 100_000), string.Concat(Enumerable.Repeat("\U0001F680<a>", 20_000)) })
        {
            var entry = new AuditEntry(7, DateTimeOffset.UnixEpoch, "person", "mia", "step.fix", null, null, text, text, text);
            Hash(made, entry).ShouldBe(entry.HashAfter(AuditEntry.Genesis));
        }
    }

    private static string Hash(AuditEntryText made, AuditEntry entry)
    {
        var raw = new RawAuditEntry
        {
            Sequence = entry.Sequence,
            At = entry.At.ToUnixTimeMilliseconds(),
            ActorKind = Encoding.UTF8.GetBytes(entry.ActorKind),
            ActorName = Encoding.UTF8.GetBytes(entry.ActorName),
            Action = Encoding.UTF8.GetBytes(entry.Action),
            ProjectId = entry.ProjectId,
            ReleaseId = entry.ReleaseId,
            Subject = Encoding.UTF8.GetBytes(entry.Subject),
            HasBefore = entry.Before is not null,
            Before = Encoding.UTF8.GetBytes(entry.Before ?? ""),
            HasAfter = entry.After is not null,
            After = Encoding.UTF8.GetBytes(entry.After ?? ""),
        };
        return Convert.ToHexStringLower(SHA256.HashData(made.After(Encoding.UTF8.GetBytes(AuditEntry.Genesis), raw)));
    }
}
