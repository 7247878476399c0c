using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Versions;

namespace ReleaseDashboard.Core.Tests.Images;

public sealed class ImageTagsTests
{
    private static readonly TagStrategy Strategy = new() { Latest = "debian" };

    private static readonly IReadOnlyList<ImageVariant> Variants = [Variant("debian"), Variant("signal-debian"), Variant("alpine")];

    internal static ImageVariant Variant(string name) => new() { Name = name };

    [Fact]
    public void For_AVersionTag_IsTheDocumentsOwnExample()
    {
        var plan = ImageTags.For(Strategy, GitContext.OfTag("v1.2.3")!, Variants);
        plan.Faults.ShouldBeEmpty();
        plan.Variants[0].In("NAME").ShouldBe(["NAME:1.2.3-debian", "NAME:debian", "NAME:latest"]);
        plan.Variants[1].In("NAME").ShouldBe(["NAME:1.2.3-signal-debian", "NAME:signal-debian"]);
        plan.Variants[2].In("NAME").ShouldBe(["NAME:1.2.3-alpine", "NAME:alpine"]);
    }

    [Fact]
    public void For_ABranch_NamesItAndNeverLatest() =>
        ImageTags.For(Strategy, GitContext.OfBranch(BranchName.Parse("dev")), Variants).Variants[0].In("NAME").ShouldBe(["NAME:dev-debian"]);

    [Fact]
    public void For_ABetaVersion_MovesNoTagThatUsersFollow() =>
        ImageTags.For(Strategy, GitContext.OfVersion(PythonVersion.Parse("3.4.0b1")), Variants).Of("debian").Select(tag => tag.Value).ShouldBe(["3.4.0b1-debian"]);

    [Fact]
    public void For_TemplatesInTheWrongOrder_PutsTheMoreSpecificFirst()
    {
        var strategy = Strategy with { ForVersion = ["{variant}", "{version}-{variant}", "{version}-{commit}-{variant}"] };
        var context = GitContext.OfVersion(PythonVersion.Parse("1.0"), CommitSha.Parse(new string('a', 40)));
        ImageTags.For(strategy, context, Variants[0]).Select(tag => tag.Value).ShouldBe(["1.0-aaaaaaaa-debian", "1.0-debian", "debian", "latest"]);
    }

    [Fact]
    public void For_ACommitAlone_UsesTheTemplatesThatNeedNoBranch()
    {
        var strategy = Strategy with { ForBranch = ["{branch}-{variant}", "{commit}-{variant}"] };
        ImageTags.For(strategy, GitContext.OfCommit(CommitSha.Parse(new string('b', 40))), Variants[2]).Select(tag => tag.Value).ShouldBe(["bbbbbbbb-alpine"]);
    }

    [Theory]
    [InlineData("feature/new thing", "feature-new-thing-debian")]
    [InlineData("release/1.2", "release-1.2-debian")]
    [InlineData("fix_é", "fix_-debian")]
    [InlineData("日本", "branch-debian")]
    public void For_ABranchWithOtherCharacters_MakesThemSafe(string branch, string tag) =>
        ImageTags.For(Strategy, new GitContext(null, BranchName.Parse(branch.Replace(' ', '+')), null), Variants).Of("debian").Single().Value.ShouldBe(tag);

    [Fact]
    public void For_ABranchThatIsTooLong_CutsTheBranchAndNotTheVariant()
    {
        var plan = ImageTags.For(Strategy, GitContext.OfBranch(BranchName.Parse(new string('x', 240))), Variants);
        plan.Faults.ShouldBeEmpty();
        plan.Of("signal-debian").Single().Value.ShouldBe(new string('x', 128 - "-signal-debian".Length) + "-signal-debian");
    }

    [Theory]
    [InlineData("{versoin}-{variant}", "did you mean \"version\"")]
    [InlineData("{version}", "lacks {variant}")]
    [InlineData("{version}:{variant}", "a character that tags may not hold")]
    [InlineData("", "is empty")]
    [InlineData("-{variant}", "makes no tag for the variant debian")]
    public void For_AFaultyTemplate_NamesTheFault(string template, string fault) =>
        ImageTags.For(Strategy with { ForVersion = [template] }, GitContext.OfTag("1.0")!, Variants).Faults.ShouldContain(text => text.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void For_VariantsThatMeetInOneTag_IsAFault() =>
        ImageTags.For(Strategy, GitContext.OfTag("1.0")!, [Variant("debian"), Variant("1.0-debian")]).Faults
            .ShouldContain("The variants debian and 1.0-debian would get the same tag '1.0-debian'.");

    [Fact]
    public void For_AVariantCalledLatest_IsAFault() =>
        ImageTags.For(Strategy, GitContext.OfTag("1.0")!, [Variant("debian"), Variant("latest")]).Faults
            .ShouldContain(text => text.Contains("only a final version of the chosen variant", StringComparison.Ordinal));

    [Theory]
    [InlineData("1.2.3-debian", "debian")]
    [InlineData("1.2.3-signal-debian", "signal-debian")]
    [InlineData("latest", "debian")]
    [InlineData("dev-alpine", "alpine")]
    [InlineData("windows", null)]
    public void VariantOf_ATag_IsTheVariantThatItWasMadeFor(string tag, string? variant) =>
        (ImageTags.VariantOf(Strategy, tag, Variants)?.Name).ShouldBe(variant);

    [Theory]
    [InlineData("refs/tags/v3.4.0b1", "3.4.0b1", null)]
    [InlineData("refs/heads/dev", null, "dev")]
    [InlineData("1.2", "1.2", null)]
    [InlineData("main", null, "main")]
    public void OfText_WhatPeopleWrite_IsReadAsTagOrBranch(string text, string? version, string? branch)
    {
        var context = GitContext.OfText(text).ShouldNotBeNull();
        (context.Version?.ToString()).ShouldBe(version);
        (context.Branch?.Value).ShouldBe(branch);
    }
}
