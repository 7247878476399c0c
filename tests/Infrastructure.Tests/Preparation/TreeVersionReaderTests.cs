using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Preparation.Overview;
using ReleaseDashboard.Infrastructure.Tests.Git;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Preparation;

/// <summary>The guessed version, compared with what setuptools-scm itself says of the same tree.</summary>
public sealed class TreeVersionReaderTests : GitFixture
{
    [Fact]
    public async Task Read_TreesOfManyShapes_IsWhatSetuptoolsScmGuesses()
    {
        await ShouldBeAsGuessedAsync("0.1.dev1");
        var second = await CommitAsync(Work, "b.txt", "b\n");
        await ShouldBeAsGuessedAsync("0.1.dev2");
        await LightTagAsync("nothing-that-counts", First);
        await ShouldBeAsGuessedAsync("0.1.dev2");
        await LightTagAsync("1.2.0", second);
        await ShouldBeAsGuessedAsync("1.2.0");
        await CommitAsync(Work, "c.txt", "c\n");
        await ShouldBeAsGuessedAsync("1.2.1.dev1");
        await LightTagAsync("release-1.3.0b1", await CommitAsync(Work, "d.txt", "d\n"));
        await ShouldBeAsGuessedAsync("1.3.0b1");
        await CommitAsync(Work, "e.txt", "e\n");
        await ShouldBeAsGuessedAsync("1.3.0b2.dev1");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Parse_ChangedTree_IsWhatSetuptoolsScmGuesses(int commitsAfter)
    {
        await LightTagAsync("v1.2.0", First);
        for (var at = 0; at < commitsAfter; at++)
            await CommitAsync(Work, $"{at}.txt", "more\n");
        await File.WriteAllTextAsync(Path.Combine(Work.Path, "README.md"), "changed\n", Stop);
        var before = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var said = await GuessedAsync();
        var description = (await Tool.RunAsync("git", ["-C", Work.Path, "describe", "--tags", "--long", "--dirty", "--match", "*[0-9]*"])).Trim();

        // The day may have ended while it was asked.
        new[] { before, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime) }
            .Select(day => ScmVersion.TryParse(description, day, out var version, out var fault) ? version.Text : fault).ShouldContain(said);
        said.ShouldStartWith($"1.2.1.dev{commitsAfter}+g");
    }

    [Fact]
    public async Task Read_TagThatNamesNoVersion_SaysSo()
    {
        await LightTagAsync("nightly7", First);

        var read = await TreeVersionReader.ReadAsync(Work, First, TimeProvider.System, Stop);

        read.Error.ShouldBe("setuptools-scm finds no version in the tag nightly7.");
        await Should.ThrowAsync<InvalidOperationException>(GuessedAsync);
    }

    private async Task LightTagAsync(string name, CommitSha commit) => await Work.LightTagAsync(TagName.Parse(name), commit, Stop).OkAsync();

    private async Task ShouldBeAsGuessedAsync(string begin)
    {
        var read = await TreeVersionReader.ReadAsync(Work, await Work.ResolveAsync(Revision.Head, Stop).OkAsync(), TimeProvider.System, Stop);

        read.Value.ShouldNotBeNull(read.Error).Text.ShouldBe(await GuessedAsync());
        read.Value.Text.Split('+')[0].ShouldBe(begin);
    }

    private async Task<string> GuessedAsync() => (await Tool.RunAsync("/usr/bin/python3", ["-m", "setuptools_scm", "--root", Work.Path])).Trim();
}
