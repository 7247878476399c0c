using ReleaseDashboard.EndToEnd.Tests.Product;
using ReleaseDashboard.EndToEnd.Tests.Repositories;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>Releases that something stops on the way: one clear message, nothing half-published, and a way on that works.</summary>
public sealed class StoppedReleaseTests(RunningProduct running) : IClassFixture<RunningProduct>, IAsyncDisposable
{
    private ReleaseDriver Driver => running.Driver;

    /// <summary>The next test finds everything as it should be, also after one that failed.</summary>
    public async ValueTask DisposeAsync()
    {
        Driver.HoldApproval = false;
        await Driver.Sandbox.RemoveFaultsAsync();
        await Driver.Sandbox.UsualChecksAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Release_FailingTest_StopsBeforeAnythingLeavesAndCanBeStartedAnew()
    {
        var project = await ImportedProject.CreateAsync(Driver, "red-words");
        project.Package.Put("tests/test_more.py", "import unittest\n\n\nclass MoreTest(unittest.TestCase):\n    def test_broken(self):\n        self.assertEqual(1, 2)\n");
        await project.Package.CommitAsync("A test that fails");
        await project.Package.PushAsync(Driver.Sandbox.Address, project.Repository, "dev");
        var before = await Driver.Sandbox.EffectsAsync();

        var id = (await Driver.StartAsync(project.Name, "0.2.0")).Id;
        var step = await Driver.StoppedAsync(id, "test");
        step.Error!.Code.ShouldBe("tests-failed");
        step.Error.Words.ShouldContain("test_broken");
        step.Error.WhatToDo.ShouldContain("start the release again");
        step.Choices.ShouldContain("retry");
        (await Driver.Sandbox.EffectsAsync()).All.Count.ShouldBe(before.All.Count);

        await Driver.AbortAsync(id);
        project.Package.Put("tests/test_more.py", "");
        await project.Package.CommitAsync("Repaired");
        await project.Package.PushAsync(Driver.Sandbox.Address, project.Repository, "dev");
        var again = (await Driver.StartAsync(project.Name, "0.2.0")).Id;
        await Driver.DriveAsync(again, release => release["test"].Status == "succeeded", "the repaired tests pass");
        await Driver.AbortAsync(again);
    }

    [Fact]
    public async Task Release_BranchRewrittenMeanwhileAndThenARedCheck_StopsEachTimeAndGoesOnWhenItIsRepaired()
    {
        var project = await ImportedProject.CreateAsync(Driver, "moved-words");
        var here = await project.Package.GitAsync("rev-parse", "HEAD");
        var id = (await Driver.StartAsync(project.Name, "0.2.0")).Id;
        await Driver.DriveAsync(id, release => release["review"].Status == "waitingForPerson", "the checklist is shown");
        await project.Package.GitAsync("commit", "--quiet", "--amend", "--message=Rewritten");
        await project.Package.PushAsync(Driver.Sandbox.Address, project.Repository, "dev", force: true);
        var before = await Driver.Sandbox.EffectsAsync();

        var step = await Driver.StoppedAsync(id, "push");
        step.Error!.Code.ShouldBe("remote-moved");
        step.Error.Words.ShouldContain("Somebody else has pushed to dev");
        step.Error.WhatToDo.ShouldContain("set the branch back, then retry");
        (await Driver.Sandbox.EffectsAsync()).All.Count.ShouldBe(before.All.Count);

        await project.Package.GitAsync("reset", "--quiet", "--hard", here);
        await project.Package.PushAsync(Driver.Sandbox.Address, project.Repository, "dev", force: true);
        await Driver.Sandbox.ChecksAsync(new[] { new { name = "tests", outcome = "failure", output = new[] { "FAILED tests/test_words.py: two is not three" } } });
        await Driver.RetryAsync(id, "push");

        step = await Driver.StoppedAsync(id, "checks");
        step.Error!.Code.ShouldBe("check-failed");
        step.Error.Words.ShouldContain("The check tests failed");
        step.Error.Words.ShouldContain("two is not three");
        step.Error.WhatToDo.ShouldContain("then retry");
        (await Driver.Sandbox.EffectsAsync()).Of("pull.merge").ShouldNotContain(effect => effect.Subject.Contains(project.Repository, StringComparison.Ordinal));

        await Driver.Sandbox.UsualChecksAsync();
        await Driver.Sandbox.RerunChecksAsync(project.Repository, (await Driver.FindAsync(id))["push"]["commit"]!);
        await Driver.RetryAsync(id, "checks");
        await Driver.DriveAsync(id, release => release["merge"].Status == "succeeded", "it is merged");
        await Driver.AbortAsync(id);
    }

    [Fact]
    public async Task Release_RejectedThenRefusedByTheIndexThenWrongToken_IsPublishedOnceInTheEnd()
    {
        var project = await ImportedProject.CreateAsync(Driver, "late-words", change: settings => settings with { RequireReview = false });
        var before = await Driver.Sandbox.EffectsAsync();
        Driver.HoldApproval = true;
        (await Driver.Product.RunWithInputAsync("correct horse battery\n", "user", "add", "both", "--roles", "maintainer,reviewer")).Ok();
        using var both = await Driver.OpenAsync("both");
        var id = (await Driver.StartAsync(project.Name, "0.2.0", both)).Id;
        var digest = await AskedAsync(id);
        var approve = $"releases/{id}/steps/approve";

        // Not by who started it, not for something else, not without a reason.
        var own = await ReleaseDriver.RefusedAsync(both, $"{approve}/approve", new { evidenceDigest = digest });
        own.Status.ShouldBe(403);
        own.Detail.ShouldContain("both started this release and cannot approve it. Another reviewer must decide.");
        (await ReleaseDriver.RefusedAsync(Driver.Maintainer, $"{approve}/approve", new { evidenceDigest = digest })).Detail.ShouldContain("role reviewer");
        var stale = await ReleaseDriver.RefusedAsync(Driver.Reviewer, $"{approve}/approve", new { evidenceDigest = new string('0', 64) });
        stale.Status.ShouldBe(409);
        stale.Detail.ShouldContain("has changed");
        (await ReleaseDriver.RefusedAsync(Driver.Reviewer, $"{approve}/reject", new { evidenceDigest = digest })).Detail.ShouldContain("Say why");

        await Driver.DoAsync(Driver.Reviewer, id, "approve", "reject", new { evidenceDigest = digest, comment = "The README names the wrong year." });
        var rejected = (await Driver.StoppedAsync(id, "approve")).Error!;
        rejected.Code.ShouldBe("rejected");
        rejected.Words.ShouldContain("reviewer rejected the publication. The README names the wrong year.");
        rejected.WhatToDo.ShouldContain("Ask again");
        await NothingUploadedAsync(project);

        await Driver.RetryAsync(id, "approve");
        digest = await AskedAsync(id);
        var fault = await Driver.Sandbox.FaultAsync(new { kind = "status", method = "POST", path = "/indexes/production/legacy/", status = 403, body = "The user may not upload to this project." });
        await Driver.DoAsync(Driver.Reviewer, id, "approve", "approve", new { evidenceDigest = digest });
        Driver.HoldApproval = false;
        var refused = (await Driver.StoppedAsync(id, "upload")).Error!;
        refused.Words.ShouldContain("403");
        refused.Words.ShouldContain("pypi-password");
        refused.WhatToDo.ShouldContain("retry");
        await NothingUploadedAsync(project);

        await Driver.Sandbox.RemoveFaultAsync(fault);
        await project.SecretAsync("pypi-password", "not-the-password");
        await Driver.RetryAsync(id, "upload");
        var wrong = (await Driver.StoppedAsync(id, "upload")).Error!;
        wrong.Code.ShouldBe("wrong-token");
        wrong.Words.ShouldContain("pypi-password");
        wrong.Words.ShouldNotContain("not-the-password");
        (await Driver.LogAsync(id, "upload")).ShouldNotContain("not-the-password");
        await NothingUploadedAsync(project);

        await project.SecretAsync("pypi-password", "sandbox-production-token");
        await Driver.RetryAsync(id, "upload");
        var published = new PublishedRelease(Driver, await Driver.PublishAsync(id), project.Repository, project.Name, "0.2.0");
        await published.ShouldHaveHappenedOnceAsync(before, testIndex: false);
        await published.ShouldBeOnIndexAsync("production");
    }

    [Fact]
    public async Task Release_AnswersLost_GoesOnByItselfWithoutDoingAnythingTwice()
    {
        var project = await ImportedProject.CreateAsync(Driver, "lost-words", change: settings => settings with { RequireReview = false });
        var before = await Driver.Sandbox.EffectsAsync();
        var repository = $"/api/v3/repos/{project.Repository}";
        var faults = new List<string>();
        foreach (var (method, path) in new[]
        {
            ("POST", $"/{project.Repository}.git/git-receive-pack"), ("POST", $"{repository}/pulls"), ("PUT", $"{repository}/pulls/*/merge"), ("POST", "/indexes/production/legacy/"),
            ("POST", $"{repository}/releases"), ("PATCH", $"{repository}/releases/*"),
        })
            faults.Add(await Driver.Sandbox.FaultAsync(new { kind = "lost_answer", method, path, times = 1 }));

        var release = await Driver.PublishAsync((await Driver.StartAsync(project.Name, "0.2.0")).Id);
        var applied = new List<int>();
        foreach (var fault in faults)
            applied.Add(await Driver.Sandbox.AppliedAsync(fault));
        applied.ShouldAllBe(count => count == 1);
        var published = new PublishedRelease(Driver, release, project.Repository, project.Name, "0.2.0");
        await published.ShouldHaveHappenedOnceAsync(before, testIndex: false);
        await published.ShouldBeOnIndexAsync("production");
        await published.ShouldBeTaggedAndReleasedAsync();
    }

    private async Task<string> AskedAsync(Guid id) =>
        (await Driver.DriveAsync(id, release => release["approve"] is { Status: "waitingForPerson", Approval.EvidenceDigest.Length: > 0 }, "the approval is asked for"))["approve"].Approval!.EvidenceDigest;

    private async Task NothingUploadedAsync(ImportedProject project) =>
        (await Driver.Sandbox.EffectsAsync()).Of("upload").ShouldNotContain(effect => effect.Subject.StartsWith(project.Package.Module, StringComparison.Ordinal));
}
