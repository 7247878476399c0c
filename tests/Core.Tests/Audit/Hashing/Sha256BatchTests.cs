using System.Security.Cryptography;
using ReleaseDashboard.Core.Audit.Hashing;

namespace ReleaseDashboard.Core.Tests.Audit.Hashing;

public sealed class Sha256BatchTests
{
    // Past what a lane holds, so that those left to the library are among them.
    private const int Longest = 2200;

    [Fact]
    public void Complete_OfEveryLength_IsTheLibrarys()
    {
        var random = new Random(7);
        var batch = new Sha256Batch();
        var lengths = Enumerable.Range(0, Longest).ToArray();
        // Neighbours of very different lengths: a short one ends while the others go on.
        random.Shuffle(lengths);
        foreach (var chunk in lengths.Chunk(Sha256Batch.Width))
        {
            var messages = chunk.Select(length => Message(random, length)).ToList();
            messages.ForEach(message => batch.Add(message));
            Hex(batch).ShouldBe(messages.Select(message => Convert.ToHexStringLower(SHA256.HashData(message))));
        }
    }

    [Fact]
    public void Complete_OfFewerThanFit_GivesOnlyThose()
    {
        var random = new Random(8);
        var batch = new Sha256Batch();
        Hex(batch).ShouldBeEmpty();
        for (var count = 1; count < Sha256Batch.Width; count++)
        {
            var messages = Enumerable.Range(0, count).Select(at => Message(random, at * 100)).ToList();
            messages.ForEach(message => batch.Add(message));
            batch.Count.ShouldBe(count);
            Hex(batch).ShouldBe(messages.Select(message => Convert.ToHexStringLower(SHA256.HashData(message))));
            batch.Count.ShouldBe(0);
        }
    }

    [Fact]
    public void Add_ToAFullBatch_IsRefused()
    {
        var batch = new Sha256Batch();
        while (!batch.IsFull)
            batch.Add("one"u8);
        Should.Throw<InvalidOperationException>(() => batch.Add("more"u8));
        batch.Complete().Length.ShouldBe(Sha256Batch.Width);
    }

    private static byte[] Message(Random random, int length)
    {
        var message = new byte[length];
        random.NextBytes(message);
        return message;
    }

    private static List<string> Hex(Sha256Batch batch)
    {
        var hex = new List<string>();
        foreach (var hash in batch.Complete())
            hex.Add(hash.ToString());
        return hex;
    }
}
