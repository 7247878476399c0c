using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Platforms;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Core.Tests.Images;

public sealed class PlatformMatrixTests
{
    private static readonly Platform Armv7 = Platform.Parse("linux/arm/v7");
    private static readonly Platform S390x = Platform.Parse("linux/s390x");

    private static readonly ImageSettings Settings = BuildGraphTests.Settings("debian", "signal-debian") with
    {
        Variants =
        [
            new ImageVariant { Name = "debian", Platforms = ["linux/amd64", "linux/arm/v7", "linux/s390x"] },
            new ImageVariant { Name = "signal-debian", Platforms = ["linux/amd64"] },
        ],
        Notes = [new PlatformNote("linux/arm*", "signal-debian", "libzkgroup does not build there."), new PlatformNote("linux/arm/v7", "*", "Too slow.")],
    };

    private static PlatformMatrix Matrix(params (string Image, string[] Platforms)[] bases) => PlatformMatrix.Of(
        Settings,
        new ImageInventory([ParityMatrixTests.Image("debian", "debian", "i", (Platform.LinuxAmd64, "a"))]),
        [
            .. new[] { Platform.LinuxAmd64, Armv7, S390x }.SelectMany(platform => new[]
            {
                PlatformNeed.Of(Settings.Variants[0], platform, "FROM --platform=$BUILDPLATFORM rust:1 AS b\nFROM python:3\nCOPY --from=b / /", Settings),
                PlatformNeed.Of(Settings.Variants[1], platform, "FROM team/app:debian", Settings),
            }),
        ],
        bases.ToDictionary(own => ImageReference.Parse(own.Image), own => (IReadOnlyCollection<Platform>)[.. own.Platforms.Select(Platform.Parse)]));

    [Fact]
    public void Of_WhatIsInTheRegistry_IsBuilt() =>
        Matrix().Cell("debian", Platform.LinuxAmd64).ShouldSatisfyAllConditions(cell => cell.State.ShouldBe(PlatformState.Built), cell => cell.Image!.Size.ShouldBe(10));

    [Fact]
    public void Of_AskedForAndNotThere_IsMissing()
    {
        Matrix().Cell("debian", S390x).State.ShouldBe(PlatformState.Missing);
        Matrix().Cell("signal-debian", Platform.LinuxAmd64).State.ShouldBe(PlatformState.Missing);
    }

    [Fact]
    public void Of_ABaseImageWithoutThePlatform_IsImpossibleAndSoIsWhatIsMadeWithIt()
    {
        var matrix = Matrix(("python:3", ["linux/amd64", "linux/arm/v5"]), ("rust:1", ["linux/amd64"]));
        matrix.Cell("debian", S390x).ShouldSatisfyAllConditions(
            cell => cell.State.ShouldBe(PlatformState.Impossible), cell => cell.Reason.ShouldBe("python:3 (line 2) is not there for linux/s390x."));
        matrix.Cell("signal-debian", S390x).Reason.ShouldBe("It is made with debian: python:3 (line 2) is not there for linux/s390x.");
    }

    [Fact]
    public void Of_ANote_IsTheReasonAndTheNearerNoteWins()
    {
        Matrix().Cell("signal-debian", Armv7).Reason.ShouldBe("libzkgroup does not build there.");
        Matrix().Cell("debian", Armv7).Reason.ShouldBe("Too slow.");
    }

    [Fact]
    public void Of_NotAskedForAndNotExplained_IsNotPlanned() => Matrix().Cell("signal-debian", S390x).State.ShouldBe(PlatformState.NotPlanned);

    [Theory]
    [InlineData("linux/386", true)]
    [InlineData("linux/arm/v7", true)]
    [InlineData("linux/AMD64", false)]
    [InlineData("linux/-x", false)]
    [InlineData("linux", false)]
    public void Platform_OfText_IsReadWhenRegistriesWouldWriteIt(string text, bool good) => Platform.TryParse(text, out _, out _).ShouldBe(good);

    [Theory]
    [InlineData("linux/arm/v6", "linux/arm/v7", true)]
    [InlineData("linux/arm/v7", "linux/arm/v6", false)]
    [InlineData("linux/amd64", "linux/amd64/v3", true)]
    [InlineData("linux/arm64", "linux/arm/v7", false)]
    public void Serves_AnOlderProcessorOfTheFamily_Only(string there, string wanted, bool serves) =>
        PlatformFit.Serves([Platform.Parse(there)], Platform.Parse(wanted)).ShouldBe(serves);
}
