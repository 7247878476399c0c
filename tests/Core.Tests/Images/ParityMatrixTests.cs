using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Parity;

namespace ReleaseDashboard.Core.Tests.Images;

public sealed class ParityMatrixTests
{
    private static readonly Platform Amd64 = Platform.LinuxAmd64;
    private static readonly Platform Arm64 = Platform.Parse("linux/arm64");

    private static readonly IReadOnlyList<ExpectedImage> Expected = [new("debian", [Amd64, Arm64])];

    internal static ContentDigest Digest(string seed) => ContentDigest.Of(Encoding.UTF8.GetBytes(seed));

    internal static TaggedImage Image(string variant, string tag, string index, params (Platform Platform, string Seed)[] platforms) =>
        new(variant, tag, Digest(index), [.. platforms.Select(own => new PlatformImage(own.Platform, Digest(own.Seed), 10))]);

    private static ImageInventory Inventory(params TaggedImage[] images) => new(images);

    [Fact]
    public void Compare_TheSameImages_IsGreen()
    {
        var both = Inventory(Image("debian", "1.0-debian", "i", (Amd64, "a"), (Arm64, "b")), Image("debian", "latest", "i", (Amd64, "a"), (Arm64, "b")));
        var matrix = ParityMatrix.Compare(Expected, both, both);
        matrix.IsGreen.ShouldBeTrue();
        matrix.Count(ParityState.Equal).ShouldBe(2);
        matrix.Rows[0].IndexesEqual.ShouldBeTrue();
    }

    [Fact]
    public void Compare_TheSamePlatformsUnderAnotherIndex_IsGreenAndSaysSo()
    {
        var matrix = ParityMatrix.Compare(
            Expected,
            Inventory(Image("debian", "dev-debian", "i", (Amd64, "a"), (Arm64, "b"))),
            Inventory(Image("debian", "1.0-debian", "j", (Amd64, "a"), (Arm64, "b"))));
        matrix.IsGreen.ShouldBeTrue();
        matrix.Rows[0].IndexesEqual.ShouldBeFalse();
    }

    [Fact]
    public void Compare_EachKindOfDifference_IsNamedAndNotGreen()
    {
        var arm = Platform.Parse("linux/arm/v7");
        var matrix = ParityMatrix.Compare(
            [new("debian", [Amd64, Arm64, arm]), new("alpine", [Amd64])],
            Inventory(Image("debian", "d", "i", (Amd64, "a"), (Arm64, "b"))),
            Inventory(Image("debian", "d", "j", (Amd64, "other"), (arm, "c"))));
        var states = matrix.Rows.ToDictionary(row => row.Variant, row => row.Cells.Select(cell => cell.State));
        states["debian"].ShouldBe([ParityState.Different, ParityState.MissingInProduction, ParityState.MissingInPreproduction]);
        states["alpine"].ShouldBe([ParityState.MissingInBoth, ParityState.NotExpected, ParityState.NotExpected]);
        matrix.IsGreen.ShouldBeFalse();
    }

    [Fact]
    public void Compare_ATagLeftOnAnOlderImage_IsNotGreen()
    {
        var tested = Inventory(Image("debian", "1.0-debian", "i", (Amd64, "a"), (Arm64, "b")));
        var published = Inventory(
            Image("debian", "1.0-debian", "i", (Amd64, "a"), (Arm64, "b")), Image("debian", "latest", "old", (Amd64, "z"), (Arm64, "y")));
        var matrix = ParityMatrix.Compare(Expected, tested, published);
        matrix.Rows[0].Cells.ShouldAllBe(cell => cell.State == ParityState.Equal);
        matrix.Rows[0].Strays.ShouldBe([new StrayTag(true, "latest", Digest("old"))]);
        matrix.IsGreen.ShouldBeFalse();
    }

    [Fact]
    public void Compare_APlatformNobodyExpects_IsComparedAllTheSame()
    {
        var matrix = ParityMatrix.Compare(
            [new("debian", [Amd64])],
            Inventory(Image("debian", "d", "i", (Amd64, "a"))),
            Inventory(Image("debian", "d", "j", (Amd64, "a"), (Arm64, "b"))));
        matrix.Rows[0].Cells[1].ShouldSatisfyAllConditions(cell => cell.IsExpected.ShouldBeFalse(), cell => cell.State.ShouldBe(ParityState.MissingInPreproduction));
        matrix.IsGreen.ShouldBeFalse();
    }

    [Fact]
    public void Compare_Nothing_IsNotGreen()
    {
        ParityMatrix.Compare([], Inventory(), Inventory()).IsGreen.ShouldBeFalse();
        ParityMatrix.Compare([new("debian", [])], Inventory(), Inventory()).IsGreen.ShouldBeFalse();
    }

    [Fact]
    public void Compare_AnyInventories_IsGreenOnlyWhenEveryExpectedDigestIsEqual()
    {
        var platforms = new[] { Amd64, Arm64 };
        var inventories =
            from seeds in Gen.Elements<string?>(null, "a", "b").ListOf(4)
            select new ImageInventory([.. new[] { "debian", "alpine" }.Select((variant, index) => Image(
                variant,
                $"{variant}",
                string.Concat(seeds),
                [.. platforms.Select((platform, at) => (platform, Seed: seeds[(index * 2) + at])).Where(own => own.Seed is not null).Select(own => (own.platform, own.Seed!))]))]);
        Prop.ForAll(Arb.From(inventories), Arb.From(inventories), (one, other) =>
        {
            IReadOnlyList<ExpectedImage> expected = [new("debian", platforms), new("alpine", [Amd64])];
            var all = expected.All(image => image.Platforms.All(platform => Of(one, image.Variant, platform) is { } digest && digest == Of(other, image.Variant, platform)));
            var extra = Of(one, "alpine", Arm64) == Of(other, "alpine", Arm64);
            ParityMatrix.Compare(expected, one, other).IsGreen.ShouldBe(all && extra);
            ParityMatrix.Compare(expected, one, one).Count(ParityState.Different).ShouldBe(0);
        }).QuickCheckThrowOnFailure();

        static ContentDigest? Of(ImageInventory inventory, string variant, Platform platform) =>
            inventory.Images.Single(image => image.Variant == variant).Platforms.FirstOrDefault(image => image.Platform == platform)?.Digest;
    }
}
