using ReleaseDashboard.Core.Versions;

namespace ReleaseDashboard.Core.Tests.Versions;

/// <summary>What setuptools-scm guesses, by its documentation; ScmVersionReferenceTests compares with the program itself.</summary>
public sealed class ScmVersionTests
{
    private static readonly DateOnly Today = new(2026, 11, 2);

    private static readonly PythonVersion Planned = PythonVersion.Parse("1.2.0");

    [Theory]
    [InlineData("1.2.0-0-g3f2a91c", "1.2.0")]
    [InlineData("v1.2.0-0-g3f2a91c", "1.2.0")]
    [InlineData("release-1.2.0-0-g3f2a91c", "1.2.0")]
    [InlineData("1.2.0-3-g3f2a91c", "1.2.1.dev3+g3f2a91c")]
    [InlineData("1.2-3-g3f2a91c", "1.3.dev3+g3f2a91c")]
    [InlineData("1.2.9-1-g3f2a91c", "1.2.10.dev1+g3f2a91c")]
    [InlineData("1.2.0b1-3-g3f2a91c", "1.2.0b2.dev3+g3f2a91c")]
    [InlineData("1.2.0.post1-1-g3f2a91c", "1.2.0.post2.dev1+g3f2a91c")]
    [InlineData("1.2.0.dev0-4-g3f2a91c", "1.2.0.dev4+g3f2a91c")]
    [InlineData("1.2.0-0-g3f2a91c-dirty", "1.2.1.dev0+g3f2a91c.d20261102")]
    [InlineData("1.2.0-3-g3f2a91c-dirty", "1.2.1.dev3+g3f2a91c.d20261102")]
    public void Parse_Description_IsTheVersionOfTheBuild(string description, string version)
    {
        ScmVersion.TryParse(description, Today, out var guessed, out _).ShouldBeTrue();

        guessed!.Text.ShouldBe(version);
        PythonVersion.TryParse(guessed.Text, out _, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("nightly7-2-g3f2a91c", "setuptools-scm finds no version in the tag nightly7.")]
    [InlineData("1.2.0.dev3-2-g3f2a91c", "setuptools-scm does not count on from the tag 1.2.0.dev3: after '.dev' only 0 may stand.")]
    [InlineData("fatal: no names found", "'fatal: no names found' is no description of a tree.")]
    public void Parse_WhatItWouldRefuse_SaysWhy(string description, string fault)
    {
        ScmVersion.TryParse(description, Today, out _, out var said).ShouldBeFalse();

        said.ShouldBe(fault);
    }

    [Fact]
    public void WithoutTag_CountsAllCommitsFromNothing() =>
        ScmVersion.WithoutTag(12, "3f2a91c04b7e", isDirty: false, Today).Text.ShouldBe("0.1.dev12+g3f2a91c");

    [Theory]
    [InlineData("1.2.0-0-g3f2a91c", true, ScmAgreement.Equal, "The tag is there, and it is the version that is planned.")]
    [InlineData("v1.2-0-g3f2a91c", true, ScmAgreement.Equal, "The tag is there, and it is the version that is planned.")]
    [InlineData("1.1.0-3-g3f2a91c", false, ScmAgreement.TagIsMissing, "3 commits after 1.1.0. The release's tag makes it 1.2.0.")]
    [InlineData("1.1.0-1-g3f2a91c", true, ScmAgreement.Wrong, "Wrong: 1 commit after 1.1.0, although the tag of 1.2.0 is there, on another commit.")]
    [InlineData("1.1.0-0-g3f2a91c", false, ScmAgreement.Wrong, "Wrong: 1.1.0 is on this commit, and 1.2.0 is planned.")]
    [InlineData("1.2.0-0-g3f2a91c-dirty", true, ScmAgreement.Wrong, "Wrong: 1.2.0 is on this commit, with changed files.")]
    public void Compare_WithThePlannedVersion_SaysHowItStands(string description, bool isTagged, ScmAgreement agreement, string told)
    {
        ScmVersion.TryParse(description, Today, out var guessed, out _).ShouldBeTrue();

        guessed!.Compare(Planned, isTagged).ShouldBe(agreement);
        guessed.Told(Planned, isTagged).ShouldBe(told);
    }

    [Fact]
    public void Told_NothingPlanned_SaysWhereTheTreeIs()
    {
        ScmVersion.TryParse("1.1.0-3-g3f2a91c", Today, out var guessed, out _).ShouldBeTrue();

        guessed!.Told(null, isTagged: false).ShouldBe("3 commits after 1.1.0.");
        ScmVersion.WithoutTag(1, "3f2a91c04b7e", isDirty: false, Today).Told(null, isTagged: false).ShouldBe("1 commit, and no tag.");
    }
}
