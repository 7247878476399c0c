using FsCheck;
using FsCheck.Fluent;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Versions;

namespace ReleaseDashboard.Core.Tests.Images;

public sealed class ImageTagsProperties
{
    private static readonly string[] Pieces = ["{version}", "{branch}", "{commit}", "{variant}", "-", ".", "_", "rc", "latest", "{nothing}", "/", ""];

    private static Gen<string> Templates =>
        from count in Gen.Choose(0, 4)
        from pieces in Gen.Elements(Pieces).ListOf(count)
        select string.Concat(pieces);

    private static Gen<string> Names => Gen.Elements("debian", "signal-debian", "alpine", "a", "1.0-a", "latest", "A/b", "dev-a", "x");

    private static Arbitrary<(TagStrategy Strategy, GitContext Context, IReadOnlyList<ImageVariant> Variants)> Cases => Arb.From(
        from versions in Templates.ListOf(3)
        from branches in Templates.ListOf(2)
        from names in Names.ListOf(3)
        from latest in Gen.Elements<string?>(null, names[0])
        from branch in Gen.Elements("dev", "feature/x", "latest", "é", new string('y', 200))
        from version in Gen.Elements("1.0", "1.2.3", "2.0b1", "1!2.0+local.1", "3.0.dev4")
        from kind in Gen.Choose(0, 2)
        let commit = CommitSha.Parse(new string('c', 40))
        let context = kind == 0 ? GitContext.OfVersion(PythonVersion.Parse(version), commit) : kind == 1 ? GitContext.OfBranch(BranchName.Parse(branch)) : GitContext.OfCommit(commit)
        select (
            new TagStrategy { ForVersion = [.. versions], ForBranch = [.. branches], Latest = latest },
            context,
            (IReadOnlyList<ImageVariant>)[.. names.Select(ImageTagsTests.Variant)]));

    [Fact]
    public void For_AnyStrategyWithoutAFault_GivesNoTagTwice() => Prop.ForAll(Cases, given =>
    {
        var plan = ImageTags.For(given.Strategy, given.Context, given.Variants);
        if (plan.Faults.Count > 0)
            return;
        var all = plan.Variants.SelectMany(own => own.Tags).ToList();
        all.Distinct().Count().ShouldBe(all.Count);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void For_AnyStrategy_GivesLatestToTheChosenVariantOfAFinalVersionOnly() => Prop.ForAll(Cases, given =>
    {
        foreach (var own in ImageTags.For(given.Strategy, given.Context, given.Variants).Variants)
            own.Tags.Contains(ImageReference.Latest).ShouldBe(given.Context.IsFinal && given.Strategy.Latest == own.Variant);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void For_AnyStrategy_IsTheSameEachTimeAndInAnyOrderOfTemplates() => Prop.ForAll(Cases, given =>
    {
        var plan = ImageTags.For(given.Strategy, given.Context, given.Variants);
        var turned = given.Strategy with { ForVersion = [.. given.Strategy.ForVersion.Reverse()], ForBranch = [.. given.Strategy.ForBranch.Reverse()] };
        var again = ImageTags.For(turned, given.Context, given.Variants);
        foreach (var (one, other) in plan.Variants.Zip(again.Variants))
            one.Tags.Select(tag => tag.Value).Order().ShouldBe(other.Tags.Select(tag => tag.Value).Order());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void VariantOf_TagsOfTheUsualStrategy_FindsTheirVariant() => Prop.ForAll(
        Arb.From(
            from version in Gen.Elements("1.0", "1.2.3", "2.0b1")
            from names in Gen.Shuffle(new[] { "debian", "signal-debian", "alpine", "x" })
            select (version, names)),
        given =>
        {
            IReadOnlyList<ImageVariant> variants = [.. given.names.Select(ImageTagsTests.Variant)];
            var strategy = new TagStrategy { Latest = "debian" };
            foreach (var own in ImageTags.For(strategy, GitContext.OfTag(given.version)!, variants).Variants)
                own.Tags.ShouldAllBe(tag => ImageTags.VariantOf(strategy, tag.Value, variants)!.Name == own.Variant);
        }).QuickCheckThrowOnFailure();
}
