using ReleaseDashboard.Core.Versions;

namespace ReleaseDashboard.Core.Tests.Versions;

public sealed class PythonVersionTests
{
    [Fact]
    public void Parse_ReferenceSpellings_GiveTheReferenceNormalForm()
    {
        ReferenceVersions.Accepted.Count.ShouldBeGreaterThan(200);
        foreach (var (_, spelling, normal) in ReferenceVersions.Accepted)
            PythonVersion.Parse(spelling).ToString().ShouldBe(normal, spelling);
    }

    [Fact]
    public void TryParse_WhatTheReferenceRefuses_IsRefusedWithAReason()
    {
        ReferenceVersions.Refused.Count.ShouldBeGreaterThan(20);
        foreach (var spelling in ReferenceVersions.Refused)
        {
            PythonVersion.TryParse(spelling, out _, out var reason).ShouldBeFalse(spelling);
            reason.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void CompareTo_EveryPairOfReferenceVersions_HasTheReferenceOrder()
    {
        var all = ReferenceVersions.Accepted.Select(row => (row.Rank, Version: PythonVersion.Parse(row.Spelling))).ToList();
        foreach (var left in all)
            foreach (var right in all)
            {
                Math.Sign(left.Version.CompareTo(right.Version)).ShouldBe(
                    Math.Sign(left.Rank.CompareTo(right.Rank)), $"{left.Version} and {right.Version}");
                if (left.Rank == right.Rank)
                    left.Version.GetHashCode().ShouldBe(right.Version.GetHashCode());
            }
    }

    [Theory]
    [InlineData("", "a version is missing")]
    [InlineData("  ", "a version is missing")]
    [InlineData("one", "a version starts with a number")]
    [InlineData("1.2.x", "\".x\" at the end is not part of a version")]
    [InlineData("1.2 0", "a version cannot hold a space")]
    [InlineData("1.2\u00070", "a version cannot hold the control character U+0007")]
    [InlineData("1.2\00", "a version cannot hold the control character U+0000")]
    [InlineData("1.\u0662.0", "a version cannot hold the character \"\u0662\" (U+0662)")]
    [InlineData("1.2.0\u212a", "a version cannot hold the character \"\u212a\" (U+212A)")]
    [InlineData("1!", "a number must follow \"!\"")]
    public void TryParse_NoVersion_SaysWhy(string text, string expected)
    {
        PythonVersion.TryParse(text, out _, out var reason).ShouldBeFalse();
        reason.ShouldBe(expected);
    }

    [Fact]
    public void TryParse_NothingOrFarTooLong_IsRefused()
    {
        PythonVersion.TryParse(null, out _, out _).ShouldBeFalse();
        PythonVersion.TryParse(new string('1', 256), out _, out _).ShouldBeFalse();
        PythonVersion.TryParse(new string('1', 255), out _, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("1.2.0", "1.2.1b1")]
    [InlineData("1.2", "1.2.1b1")]
    [InlineData("1.2.0b1", "1.2.0b2")]
    [InlineData("1.2.0b1.dev3", "1.2.0b1")]
    [InlineData("1.2.0a4", "1.2.0b1")]
    [InlineData("1.2.0.dev1", "1.2.0b1")]
    [InlineData("1.2.0rc1", "1.2.1b1")]
    [InlineData("1.2.0.post1", "1.2.1b1")]
    [InlineData("1!2.0", "1!2.0.1b1")]
    public void NextBeta_OfAVersion_IsWhatDevelopmentGoesOnWith(string version, string expected) =>
        PythonVersion.Parse(version).NextBeta().ToString().ShouldBe(expected);

    [Theory]
    [InlineData("1.2.0", "1.2.1")]
    [InlineData("1.2", "1.2.1")]
    [InlineData("1.2.0b1", "1.2.0")]
    [InlineData("1.2.0.post1", "1.2.1")]
    [InlineData("1.2.3.4", "1.2.3.5")]
    public void NextFinal_OfAVersion_IsTheNextOneWithoutATag(string version, string expected) =>
        PythonVersion.Parse(version).NextFinal().ToString().ShouldBe(expected);

    [Theory]
    [InlineData("1.2.0b1", "1.2.0")]
    [InlineData("1.2.0a1.dev2", "1.2.0")]
    [InlineData("1.2.0.dev2", "1.2.0")]
    [InlineData("1.2.0.post1.dev2", "1.2.0.post1")]
    [InlineData("1.2.0.post1", "1.2.0.post1")]
    public void WithoutPreRelease_OfAVersion_IsFinal(string version, string expected)
    {
        var final = PythonVersion.Parse(version).WithoutPreRelease();
        final.ToString().ShouldBe(expected);
        final.IsFinal.ShouldBeTrue();
    }

    [Theory]
    [InlineData("1.2.0", "1.2.1 1.3.0 2.0.0 1.2.1b1")]
    [InlineData("1.2.0b3", "1.2.0 1.2.0 2.0.0 1.2.0b4")]
    [InlineData("1.2.4b1", "1.2.4 1.3.0 2.0.0 1.2.4b2")]
    [InlineData("2.0.0rc1", "2.0.0 2.0.0 2.0.0 2.0.1b1")]
    public void Suggestions_AfterTheLastRelease_AreAllLater(string last, string expected)
    {
        var suggestions = VersionSuggestions.After(PythonVersion.Parse(last));
        $"{suggestions.Patch} {suggestions.Minor} {suggestions.Major} {suggestions.Beta}".ShouldBe(expected);
    }
}
