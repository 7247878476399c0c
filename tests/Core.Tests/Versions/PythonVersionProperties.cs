using FsCheck;
using FsCheck.Fluent;
using ReleaseDashboard.Core.Versions;

namespace ReleaseDashboard.Core.Tests.Versions;

public sealed class PythonVersionProperties
{
    private static Arbitrary<PythonVersion> Versions => Arb.From(
        from epoch in Gen.Elements("", "", "", "1!")
        from length in Gen.Choose(1, 4)
        from release in Gen.Choose(0, 12).ListOf(length)
        from pre in Gen.Elements("", "", "a", "b", "rc")
        from preNumber in Gen.Choose(0, 3)
        from post in Gen.Elements("", "", "", ".post0", ".post2")
        from dev in Gen.Elements("", "", "", ".dev0", ".dev7")
        from local in Gen.Elements("", "", "", "+abc", "+1.x")
        select PythonVersion.Parse($"{epoch}{string.Join('.', release)}{(pre.Length == 0 ? "" : pre + preNumber)}{post}{dev}{local}"));

    [Fact]
    public void Parse_OfThePrintedVersion_IsTheSameAndPrintsTheSame() => Prop.ForAll(Versions, version =>
    {
        var again = PythonVersion.Parse(version.ToString());
        again.ShouldBe(version);
        again.ToString().ShouldBe(version.ToString());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Order_OfThree_IsTotalAndTransitive() => Prop.ForAll(Versions, Versions, Versions, (a, b, c) =>
    {
        Math.Sign(a.CompareTo(b)).ShouldBe(-Math.Sign(b.CompareTo(a)));
        if (a <= b && b <= c)
            (a <= c).ShouldBeTrue();
        (a == b).ShouldBe(a.CompareTo(b) == 0);
        if (a == b)
            a.GetHashCode().ShouldBe(b.GetHashCode());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void NextVersions_OfAny_AreLaterAndOfTheirKind() => Prop.ForAll(Versions, version =>
    {
        version.NextBeta().ShouldBeGreaterThan(version);
        version.NextBeta().Pre!.Stage.ShouldBe(PreReleaseStage.Beta);
        version.NextFinal().ShouldBeGreaterThan(version);
        version.NextFinal().IsFinal.ShouldBeTrue();
        version.NextFinal().NextBeta().ShouldBeGreaterThan(version.NextFinal());
        var suggestions = VersionSuggestions.After(version);
        foreach (var later in new[] { suggestions.Patch, suggestions.Minor, suggestions.Major, suggestions.Beta })
            later.ShouldBeGreaterThan(version);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_OfAnyText_NeverThrows() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        if (PythonVersion.TryParse(text, out var version, out var reason))
            PythonVersion.Parse(version.ToString()).ShouldBe(version);
        else
            reason.ShouldNotBeEmpty();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ReleaseTitle_OfNumbers_PrintsAsItIsReadAndConverts() => Prop.ForAll(
        Arb.From(
            from numbers in Gen.Choose(0, 50).ListOf(3)
            from beta in Gen.Choose(-1, 5)
            select string.Join('.', numbers) + (beta < 0 ? "" : $"b{beta}")),
        text =>
        {
            ReleaseTitle.TryParse(text, out var title, out _).ShouldBeTrue();
            title!.ToString().ShouldBe(text);
            title.ToPythonVersion().ShouldBe(PythonVersion.Parse(text));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1.2", "a release is named X.Y.Z, or X.Y.ZbI for a beta, where X, Y, Z and I are numbers")]
    [InlineData("1.2.0rc1", "a release is named X.Y.Z, or X.Y.ZbI for a beta, where X, Y, Z and I are numbers")]
    [InlineData("1.2.0.dev1", "a release is named X.Y.Z, or X.Y.ZbI for a beta, where X, Y, Z and I are numbers")]
    [InlineData("1.2.0+x", "a release is named X.Y.Z, or X.Y.ZbI for a beta, where X, Y, Z and I are numbers")]
    [InlineData("v1.2.0", "write it as 1.2.0")]
    [InlineData("1.2.0-beta.1", "write it as 1.2.0b1")]
    [InlineData("1.02.0", "write it as 1.2.0")]
    [InlineData("1.2.0\n", "write it as 1.2.0")]
    [InlineData("", "a version is missing")]
    [InlineData("--help", "a version starts with a number")]
    public void ReleaseTitle_OtherSpellings_AreRefusedWithTheReason(string text, string expected)
    {
        ReleaseTitle.TryParse(text, out _, out var reason).ShouldBeFalse();
        reason.ShouldBe(expected);
    }
}
