using ReleaseDashboard.EndToEnd.Tests.Product;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>Looks at a published release with the tools that users of the package have: pip, git, GitHub's API.</summary>
internal sealed class PublishedRelease(ReleaseDriver driver, ReleaseAnswer release, string repository, string package, string version)
{
    private string Scratch => driver.Product.Scratch;

    private string Merge => release["merge"]["commit"]!;

    public async Task ShouldBeOnIndexAsync(string index)
    {
        var found = await driver.Sandbox.GetAsync($"/indexes/{index}/pypi/{package}/{version}/json");
        var file = found["urls"]!.AsArray().ShouldHaveSingleItem()!;
        var sha256 = file["digests"]!["sha256"]!.GetValue<string>();
        sha256.ShouldBe(release["package"]["sha256"]);
        sha256.ShouldBe(release["approve"]["sha256"], "other bytes than the approved ones");
    }

    /// <summary>Installs the package into a fresh environment from the production index and runs one of its programs.</summary>
    public async Task<string> InstalledProgramSaysAsync(string program, params string[] arguments)
    {
        var environment = Path.Combine(Scratch, "venv-" + package);
        (await Tool.RunAsync(Scratch, "/usr/bin/python3", "-m", "venv", environment)).Ok();
        var index = new Uri(driver.Sandbox.Address, "/indexes/production/simple/").AbsoluteUri;
        (await Tool.RunAsync(Scratch, Path.Combine(environment, "bin", "pip"), "install", "--no-cache-dir", "--disable-pip-version-check", "--index-url", index, $"{package}=={version}")).Ok();
        return (await Tool.RunAsync(Scratch, Path.Combine(environment, "bin", program), arguments)).Ok();
    }

    public async Task ShouldBeTaggedAndReleasedAsync()
    {
        (await GitAsync("cat-file", "-t", $"refs/tags/{version}")).ShouldBe("tag", "the tag is not annotated");
        (await GitAsync("rev-parse", $"refs/tags/{version}^{{commit}}")).ShouldBe(Merge);
        (await GitAsync("rev-list", "--parents", "--max-count=1", Merge)).Split(' ').Length.ShouldBe(3, "it was not merged by a merge commit");
        var there = await driver.Sandbox.GetAsync($"/api/v3/repos/{repository}/releases/latest");
        there["tag_name"]!.GetValue<string>().ShouldBe(version);
        there["draft"]!.GetValue<bool>().ShouldBeFalse();
        there["body"]!.GetValue<string>().ShouldBe(release["approve"]["notes"], "other notes were published than approved");
        var asset = there["assets"]!.AsArray().ShouldHaveSingleItem()!;
        asset["name"]!.GetValue<string>().ShouldBe(release["package"]["file"]);
        asset["digest"]!.GetValue<string>().ShouldBe($"sha256:{release["package"]["sha256"]}");
    }

    /// <summary>main is at the merge commit, dev one commit further with the next version.</summary>
    public async Task ShouldHaveBranchesAsync(string versionFile, string constant)
    {
        (await GitAsync("rev-parse", "refs/heads/main")).ShouldBe(Merge);
        (await GitAsync("rev-parse", "refs/heads/dev^")).ShouldBe(Merge, "main is not the parent of dev's head");
        (await FileAsync("refs/heads/dev", versionFile)).ShouldContain(constant);
    }

    /// <summary>Every change outside was made exactly once.</summary>
    public async Task ShouldHaveHappenedOnceAsync(Effects before, bool testIndex)
    {
        var all = await driver.Sandbox.EffectsAsync();
        var effects = new Effects([.. all.All.Skip(before.All.Count).Where(effect =>
            effect.Subject.Contains(repository, StringComparison.Ordinal) || effect.Action == "upload")]);
        effects.ShouldBeOnce();
        Count("upload", testIndex ? 2 : 1);
        Count("pull.create", 1);
        Count("pull.merge", 1);
        Count("release.create", 1);
        Count("release.publish", 1);
        Count("asset.upload", 1);
        effects.All.Count(effect => effect.Subject == $"{repository} refs/tags/{version}").ShouldBe(1, effects.ToString());
        effects.All.Where(effect => effect.Subject == $"{repository} refs/heads/dev").Select(effect => effect.Digest).ShouldBe(
            [release["push"]["commit"], Merge, release["next-version"]["commit"]], effects.ToString());

        void Count(string action, int count) => effects.Of(action).Count.ShouldBe(count, $"{action}\n{effects}");
    }

    public Task<string> FileAsync(string revision, string path) => GitAsync("show", $"{revision}:{path}");

    public async Task<string> PinAsync(string revision, string path) => (await GitAsync("ls-tree", revision, "--", path)).Split(' ', '\t')[2];

    private Task<string> GitAsync(params string[] arguments) => driver.Sandbox.GitAsync(Scratch, repository, arguments);
}
