using ReleaseDashboard.Sandbox.GitHub.Checks;

namespace ReleaseDashboard.Sandbox.Tests.GitHub;

public sealed class PullTests : SandboxTest
{
    [Fact]
    public async Task Merge_MethodMerge_MakesACommitWithBothParents()
    {
        var (number, head) = await OpenPullAsync("feature");
        var main = (await Repository.Git.RefAsync("refs/heads/main"))!.Sha;

        var (status, body) = await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { sha = head });

        status.ShouldBe(200);
        var commit = (await Repository.Git.CommitAsync(body!["sha"]!.GetValue<string>()))!;
        commit.Parents.ShouldBe([main, head]);
        commit.Author.Email.ShouldBe("maintainer@sandbox.example");
        commit.Message.ShouldBe("Merge pull request #1 from acme/feature\n\nAdd feature.txt");
        await Clone.GitAsync("fetch", "--quiet");
        (await Clone.GitAsync("rev-parse", "origin/main")).ShouldBe(commit.Sha);
        var effect = EffectsOf("pull.merge").ShouldHaveSingleItem();
        (effect.Subject, effect.Digest).ShouldBe(("acme/tool#1", commit.Sha));
    }

    [Fact]
    public async Task Merge_MethodSquash_MakesOneCommitOnTheBase()
    {
        var (number, _) = await OpenPullAsync("feature");
        await Clone.CommitAsync("second.txt", "2\n", "Add second");
        await Clone.GitAsync("push", "--quiet", "origin", "feature");
        var main = (await Repository.Git.RefAsync("refs/heads/main"))!.Sha;

        var (_, body) = await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { merge_method = "squash" });

        var commit = (await Repository.Git.CommitAsync(body!["sha"]!.GetValue<string>()))!;
        commit.Parents.ShouldBe([main]);
        commit.Message.ShouldBe("Add feature.txt (#1)\n\n* Add feature.txt\n\n* Add second");
        (await Repository.Git.DemandAsync(["ls-tree", "--name-only", commit.Sha])).Lines.ShouldBe(["README.md", "feature.txt", "second.txt"]);
    }

    [Fact]
    public async Task Merge_MethodRebase_PutsTheCommitsOnTopOfAMovedBase()
    {
        var (number, _) = await OpenPullAsync("feature");
        await Clone.CommitAsync("feature.txt", "feature\nmore\n", "Extend feature");
        await Clone.GitAsync("push", "--quiet", "origin", "feature");
        await Clone.GitAsync("checkout", "--quiet", "main");
        var main = await Clone.CommitAsync("other.txt", "other\n", "Add other");
        await Clone.GitAsync("push", "--quiet", "origin", "main");

        var (status, body) = await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { merge_method = "rebase" });

        status.ShouldBe(200, body?.ToJsonString());
        var log = await Repository.Git.LogAsync(10, 0, "refs/heads/main");
        log.Select(commit => commit.Message).ShouldBe(["Extend feature", "Add feature.txt", "Add other", "Start"]);
        log[2].Sha.ShouldBe(main);
        log.ShouldAllBe(commit => commit.Parents.Count <= 1);
        (await Repository.Git.DemandAsync(["show", "refs/heads/main:feature.txt"])).Text.ShouldBe("feature\nmore");
    }

    [Fact]
    public async Task Merge_HeadMovedSince_IsRefusedWith409()
    {
        var (number, old) = await OpenPullAsync("feature");
        var head = await Clone.CommitAsync("second.txt", "2\n", "Add second");
        await Clone.GitAsync("push", "--quiet", "origin", "feature");

        (await GetAsync($"/pulls/{number}"))["head"]!["sha"]!.GetValue<string>().ShouldBe(head);
        (await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { sha = old })).Status.ShouldBe(409);
        EffectsOf("pull.merge").ShouldBeEmpty();
        (await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { sha = head })).Status.ShouldBe(200);
        (await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { sha = head })).Status.ShouldBe(405);
        EffectsOf("pull.merge").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Merge_Conflict_IsRefusedAndShownAsNotMergeable()
    {
        var (number, _) = await OpenPullAsync("feature");
        await Clone.GitAsync("checkout", "--quiet", "main");
        await Clone.CommitAsync("feature.txt", "something else\n", "Add the same file");
        await Clone.GitAsync("push", "--quiet", "origin", "main");

        var pull = await GetAsync($"/pulls/{number}");
        pull["mergeable"]!.GetValue<bool>().ShouldBeFalse();
        pull["mergeable_state"]!.GetValue<string>().ShouldBe("dirty");
        (await SendAsync(HttpMethod.Put, $"/pulls/{number}/merge", new { })).Status.ShouldBe(405);
    }

    [Fact]
    public async Task Push_OfAMergeMadeByHand_ClosesThePullRequestAsMerged()
    {
        var (number, _) = await OpenPullAsync("feature");
        await Clone.GitAsync("checkout", "--quiet", "main");
        await Clone.GitAsync("merge", "--quiet", "--no-ff", "-m", "By hand", "feature");
        await Clone.GitAsync("push", "--quiet", "origin", "main");

        var pull = await GetAsync($"/pulls/{number}");
        (pull["state"]!.GetValue<string>(), pull["merged"]!.GetValue<bool>()).ShouldBe(("closed", true));
    }

    [Fact]
    public async Task Push_DeletingTheHeadBranch_ClosesThePullRequest()
    {
        var (number, _) = await OpenPullAsync("feature");
        await Clone.GitAsync("push", "--quiet", "origin", "--delete", "feature");

        var pull = await GetAsync($"/pulls/{number}");
        (pull["state"]!.GetValue<string>(), pull["merged"]!.GetValue<bool>()).ShouldBe(("closed", false));
    }

    [Fact]
    public async Task Checks_FailingScript_FailUntilToldOtherwise()
    {
        Sandbox.Checks.Replace([new CheckDefinition { Name = "tests", Outcome = "failure", QueuedMilliseconds = 0, RunMilliseconds = 0, Output = ["boom", "1 failed"] }]);
        var (number, head) = await OpenPullAsync("feature");
        async Task<string?> ConclusionAsync() => (await GetAsync($"/commits/{head}/check-runs"))["check_runs"]![0]!["conclusion"]?.GetValue<string>();

        await UntilAsync(async () => await ConclusionAsync() == "failure", "the check fails");
        var run = (await GetAsync($"/commits/{head}/check-runs"))["check_runs"]![0]!;
        run["output"]!["text"]!.GetValue<string>().ShouldBe("boom\n1 failed");
        (await GetAsync($"/pulls/{number}"))["mergeable_state"]!.GetValue<string>().ShouldBe("unstable");

        Sandbox.Checks.Replace([new CheckDefinition { Name = "tests", QueuedMilliseconds = 0, RunMilliseconds = 0 }]);
        (await SendAsync(HttpMethod.Post, $"/check-runs/{run["id"]}/rerequest")).Status.ShouldBe(201);
        await UntilAsync(async () => await ConclusionAsync() == "success", "the check succeeds");
        (await GetAsync($"/pulls/{number}"))["mergeable_state"]!.GetValue<string>().ShouldBe("clean");
    }

    [Fact]
    public async Task Files_AddedRenamedRemovedAndBinary_AreListedWithCountsAndPatches()
    {
        await File.WriteAllTextAsync(Path.Combine(Clone.Folder, "old name.txt"), "1\n2\n3\n4\n5\n6\n7\n8\n", Cancel);
        await Clone.CommitAsync("gone.txt", "gone\n", "Prepare");
        await Clone.GitAsync("push", "--quiet", "origin", "main");
        await Clone.GitAsync("mv", "old name.txt", "new name.txt");
        await Clone.GitAsync("rm", "--quiet", "gone.txt");
        await File.WriteAllBytesAsync(Path.Combine(Clone.Folder, "data.bin"), [0, 1, 2, 0, 255], Cancel);
        await File.WriteAllTextAsync(Path.Combine(Clone.Folder, "new name.txt"), "1\n2\n3\n4\n5\n6\n7\neight\n", Cancel);
        var (number, _) = await OpenPullAsync("feature");

        var files = (await GetAsync($"/pulls/{number}/files")).AsArray().ToDictionary(file => file!["filename"]!.GetValue<string>());

        files.Keys.ShouldBe(["data.bin", "feature.txt", "gone.txt", "new name.txt"], ignoreOrder: true);
        files["data.bin"]!["patch"].ShouldBeNull();
        files["feature.txt"]!["patch"]!.GetValue<string>().ShouldBe("@@ -0,0 +1 @@\n+feature");
        files["gone.txt"]!["status"]!.GetValue<string>().ShouldBe("removed");
        var renamed = files["new name.txt"]!;
        (renamed["previous_filename"]!.GetValue<string>(), renamed["additions"]!.GetValue<int>(), renamed["deletions"]!.GetValue<int>())
            .ShouldBe(("old name.txt", 1, 1));
        renamed["patch"]!.GetValue<string>().ShouldEndWith("-8\n+eight");
        (await GetAsync($"/pulls/{number}"))["additions"]!.GetValue<int>().ShouldBe(2);
    }
}
