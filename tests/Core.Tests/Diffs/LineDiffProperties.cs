using FsCheck;
using FsCheck.Fluent;
using ReleaseDashboard.Core.Diffs;

namespace ReleaseDashboard.Core.Tests.Diffs;

public sealed class LineDiffProperties
{
    private static Arbitrary<string> Texts => Arb.From(
        from lines in Gen.Elements("a", "b", "c", "", "value = 1", "value = 2", "\ud83d\ude00x", "\ud83d\ude01x").ListOf()
        from end in Gen.Elements("", "\n", "\r\n")
        select string.Join('\n', lines) + end);

    [Fact]
    public void Apply_OfTheDiff_GivesTheSecondText() => Prop.ForAll(Texts, Texts, (before, after) =>
    {
        var diff = LineDiff.Between(before, after);
        diff.Apply(before).ShouldBe(after);
        diff.IsEmpty.ShouldBe(before == after);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Between_TwoTexts_KeepsAsManyLinesAsCanBeKept() => Prop.ForAll(Texts, Texts, (before, after) =>
        LineDiff.Between(before, after).Lines.Count(line => line.Change == LineChange.Same)
            .ShouldBe(LongestCommon(before.Split('\n'), after.Split('\n')))).QuickCheckThrowOnFailure();

    [Fact]
    public void Numbers_OfLines_CountBothTexts() => Prop.ForAll(Texts, Texts, (before, after) =>
    {
        var lines = LineDiff.Between(before, after).Lines;
        lines.Select(line => line.OldNumber).OfType<int>().ShouldBe(Enumerable.Range(1, before.Split('\n').Length));
        lines.Select(line => line.NewNumber).OfType<int>().ShouldBe(Enumerable.Range(1, after.Split('\n').Length));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hunks_WithAnyContext_HoldEveryChangeOnce() => Prop.ForAll(Texts, Texts, Arb.From(Gen.Choose(0, 4)), (before, after, context) =>
    {
        var diff = LineDiff.Between(before, after);
        var hunks = diff.Hunks(context);
        hunks.SelectMany(hunk => hunk.Lines).Where(line => line.Change != LineChange.Same)
            .ShouldBe(diff.Lines.Where(line => line.Change != LineChange.Same));
        foreach (var hunk in hunks)
        {
            hunk.Lines.TakeWhile(line => line.Change == LineChange.Same).Count().ShouldBeLessThanOrEqualTo(context);
            hunk.Lines.Reverse().TakeWhile(line => line.Change == LineChange.Same).Count().ShouldBeLessThanOrEqualTo(context);
        }
        hunks.SelectMany(hunk => hunk.Lines).ShouldBeUnique();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ChangedSpans_OfALine_LieInsideAndKeepCharactersWhole() => Prop.ForAll(Texts, Texts, (before, after) =>
    {
        foreach (var line in LineDiff.Between(before, after).Lines)
            foreach (var span in line.Changed)
            {
                (span.Start + span.Length).ShouldBeLessThanOrEqualTo(line.Text.Length);
                char.IsLowSurrogate(line.Text[span.Start]).ShouldBeFalse();
            }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Between_LargeUnlikeTexts_IsAReplacementOfAll()
    {
        var before = string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"old {i}"));
        var after = string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"new {i}"));
        var diff = LineDiff.Between(before, after);
        (diff.Added, diff.Removed).ShouldBe((5000, 5000));
        diff.Apply(before).ShouldBe(after);
    }

    [Fact]
    public void Apply_ToAnotherText_Throws() =>
        Should.Throw<ArgumentException>(() => LineDiff.Between("a", "b").Apply("c"));

    private static int LongestCommon(string[] left, string[] right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
            for (var j = 1; j <= right.Length; j++)
                table[i, j] = left[i - 1] == right[j - 1] ? table[i - 1, j - 1] + 1 : Math.Max(table[i - 1, j], table[i, j - 1]);
        return table[left.Length, right.Length];
    }
}
