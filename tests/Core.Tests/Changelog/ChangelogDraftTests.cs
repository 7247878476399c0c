using ReleaseDashboard.Core.Changelog;

namespace ReleaseDashboard.Core.Tests.Changelog;

public sealed class ChangelogDraftTests
{
    [Fact]
    public void Of_LabelledPulls_GroupsAndMarksFirstContributions()
    {
        var text = Draft([Pull(3, "Faster start", "mia", "enhancement"), Pull(4, "No crash", "new-one", "BUG"), Pull(5, "Tidy", "mia")], [Pull(1, "Before", "mia")]);
        text.ShouldBe("""
            ## New

            * Faster start by @mia in [#3](https://git.example/pull/3)

            ## Fixed

            * No crash by @new-one in [#4](https://git.example/pull/4)

            ## Other changes

            * Tidy by @mia in [#5](https://git.example/pull/5)

            ## Contributors

            * @mia
            * @new-one, first contribution in [#4](https://git.example/pull/4)

            Contributors to 1.1.0: @bea, @mia

            **All changes**: https://git.example/compare/1.1.0...1.2.0

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Of_ExcludedLabel_IsLeftOut() => Draft([Pull(3, "Noise", "mia", "skip-changelog")], []).ShouldStartWith("No pull request was merged since 1.1.0.");

    [Fact]
    public void Of_HostileTitle_BecomesNoTagAndNoLink()
    {
        var text = Draft([Pull(3, "<img src=x> [click](javascript:alert(1))\n## Heading", "mia")], []);
        text.ShouldContain("* &lt;img src=x> \\[click\\](javascript:alert(1)) ## Heading by @mia");
    }

    [Fact]
    public void Of_NoGroupForTheRest_StillHasThem() =>
        ChangelogDraft.Of(Source([Pull(3, "Tidy", "mia")], []), [new ChangelogGroup("Fixed", ["bug"])], []).ShouldStartWith("## Other changes");

    private static string Draft(IReadOnlyList<MergedPull> pulls, IReadOnlyList<MergedPull> earlier) => ChangelogDraft.Of(Source(pulls, earlier), ChangelogGroup.Defaults, ChangelogGroup.Excluding);

    private static ChangelogSource Source(IReadOnlyList<MergedPull> pulls, IReadOnlyList<MergedPull> earlier) => new(pulls, earlier, "1.1.0", ["bea", "mia"], "https://git.example/compare/1.1.0...1.2.0");

    private static MergedPull Pull(int number, string title, string author, params string[] labels) =>
        new(number, title, $"https://git.example/pull/{number}", author, labels, new DateTimeOffset(2026, 1, number, 0, 0, 0, TimeSpan.Zero));
}
