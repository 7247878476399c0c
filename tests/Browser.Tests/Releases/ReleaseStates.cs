using System.Collections.Concurrent;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.TestSupport.Scenario;

namespace ReleaseDashboard.Browser.Tests.Releases;

/// <summary>Brings releases to the state that a test looks at. Each name is a version of its own and made once.</summary>
public sealed class ReleaseStates(ScriptedWeb web)
{
    public static readonly StepError TestsFailed = new(
        "tests-failed", "2 of 214 tests failed.", "The tests ran to the end in a clean checkout of c2f0a16.",
        "Repair the tests on the development branch and start again, or retry if they fail by chance.",
        ["FAIL: test_greets_by_name (tests.test_greeting.GreetingTest)", "AssertionError: 'Hello, Ada' != 'Hello Ada'", "FAILED (failures=2)"]);

    public static readonly StepError OtherBytes = new(
        "different-file", "The index has a file of this name with other bytes.", "Its SHA-256 is 1111aaaa, what was approved is 9f2c1e77.",
        "Find out who uploaded it. If it is right, mark the step as done; otherwise abort and release the next version.", ["expected 9f2c1e77b0a4", "found    1111aaaa22bb"]);

    private readonly ConcurrentDictionary<string, Task<string>> _made = new();

    /// <summary>The path of the page in that state.</summary>
    public Task<string> PathAsync(string state) => _made.GetOrAdd(state, MakeAsync);

    public async Task<Guid> ToChecklistAsync(string version)
    {
        var id = await web.StartReleaseAsync(version);
        await web.WaitAsync(id, view => At(view, "review", StepStatus.WaitingForPerson));
        return id;
    }

    public async Task TickAllAsync(Guid id)
    {
        foreach (var item in (string[])["constants", "documentation", "readme"])
            (await web.Get<TickItem>().RunAsync(ScriptedWeb.Maintainer, id, "review", item, true, CancellationToken.None)).Message.ShouldBe("");
    }

    public async Task<Guid> ToAsync(string version, string step, StepStatus status)
    {
        var id = await ToChecklistAsync(version);
        await TickAllAsync(id);
        await web.WaitAsync(id, view => At(view, step, status));
        return id;
    }

    public Task<Guid> ToApprovalAsync(string version) => ToAsync(version, "approve", StepStatus.WaitingForPerson);

    public async Task ApproveAsync(Guid id)
    {
        var digest = (await web.Get<ReleaseQueries>().FindAsync(id, CancellationToken.None))!.Steps.First(step => step.Key == "approve").Approval!.EvidenceDigest;
        (await web.Get<DecideApproval>().RunAsync(ScriptedWeb.Reviewer, id, "approve", Verdict.Approved, digest, null, CancellationToken.None)).Message.ShouldBe("");
    }

    /// <summary>A clone as the worker has it: the tag of the last release, and the new version in the work tree.</summary>
    public async Task AddWorkspaceAsync(Guid id)
    {
        var folder = Directory.CreateDirectory(Path.Combine(web.DataFolder, "workspaces", id.ToString("N"), "repository")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "docs"));
        await File.WriteAllTextAsync(Path.Combine(folder, "docs", "usage.md"), "# Usage\n\nSay hello.\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "README.md"), "# hello-wrapper\n");
        foreach (var arguments in (string[][])[["init", "--quiet"], ["add", "--all"], ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "1.1.3"], ["tag", "1.1.3"]])
            (await web.Get<ProcessRunner>().RunAsync(new ProcessCommand("git", arguments, folder), OutputSinks.None, ProcessLimits.Default)).Succeeded.ShouldBeTrue();
        await File.WriteAllTextAsync(Path.Combine(folder, "docs", "usage.md"), "# Usage\n\nSay hello, or say it to somebody.\n");
    }

    private static bool At(ReleaseView view, string step, StepStatus status) => view.Steps.First(own => own.Key == step).Status == status;

    private async Task<string> MakeAsync(string state)
    {
        switch (state)
        {
            case "running":
                web.Scenario.Hold("2.0.0", "test");
                return PathOf(await ToAsync("2.0.0", "test", StepStatus.Running));
            case "checklist":
                var checklist = await ToChecklistAsync("2.0.1");
                await AddWorkspaceAsync(checklist);
                (await web.Get<TickItem>().RunAsync(ScriptedWeb.Reviewer, checklist, "review", "constants", true, CancellationToken.None)).IsDone.ShouldBeTrue();
                return PathOf(checklist);
            case "approval":
                return PathOf(await ToApprovalAsync("2.0.2"));
            case "failed":
                web.Scenario.Fail("2.0.3", "test", TestsFailed);
                return PathOf(await ToAsync("2.0.3", "test", StepStatus.Failed));
            case "reconcile":
                var different = await ToApprovalAsync("2.0.4");
                web.Scenario.Show("2.0.4", "upload", new Observation.Different(OtherBytes, Evidence.None));
                await ApproveAsync(different);
                await web.WaitAsync(different, view => At(view, "upload", StepStatus.NeedsReconciliation));
                return PathOf(different);
            case "waiting":
                web.Scenario.Show("2.0.5", "checks", Checks());
                return PathOf(await ToAsync("2.0.5", "checks", StepStatus.WaitingOutside));
            case "done":
                return await PathAsync("approval") + "?step=set-version";
            case "pending":
                return await PathAsync("approval") + "?step=upload";
            case "rejected":
                var rejected = await ToApprovalAsync("2.0.6");
                var digest = (await web.Get<ReleaseQueries>().FindAsync(rejected, CancellationToken.None))!.Current.Approval!.EvidenceDigest;
                await web.Get<DecideApproval>().RunAsync(ScriptedWeb.Reviewer, rejected, "approve", Verdict.Rejected, digest, "The README names the old version.", CancellationToken.None);
                await web.WaitAsync(rejected, view => At(view, "approve", StepStatus.Failed));
                return PathOf(rejected);
            case "published":
                return PathOf(await PublishAsync("2.0.7"));
            case "aborted":
                var aborted = await ToApprovalAsync("2.0.8");
                (await web.Get<AbortRelease>().RunAsync(ScriptedWeb.Maintainer, aborted, "A fix must go in first.", CancellationToken.None)).IsDone.ShouldBeTrue();
                return PathOf(aborted);
            default:
                throw new ArgumentOutOfRangeException(nameof(state), state, null);
        }
    }

    public async Task<Guid> PublishAsync(string version)
    {
        var id = await ToApprovalAsync(version);
        await ApproveAsync(id);
        await web.WaitAsync(id, view => view.Status == ReleaseStatus.Published);
        return id;
    }

    public static string PathOf(Guid id) => $"/releases/{id:D}";

    private static readonly (string Name, string Word)[] SixChecks =
        [("lint", "success"), ("test (3.11)", "success"), ("test (3.12)", "success"), ("build (linux)", "success"), ("build (windows)", "in_progress"), ("docs", "queued")];

    public static Observation.Waiting Checks() => new(
        "4 of 6 passed, waiting for build (windows), docs",
        TimeSpan.FromMinutes(2),
        Evidence.Of(
        [
            new EvidenceItem("checks", EvidenceKind.Check, "4 of 6 passed", "https://git.example/hello-wrapper/pull/41/checks"),
            new EvidenceItem("passed", EvidenceKind.Text, "4"),
            .. SixChecks.Select(check => new EvidenceItem($"check: {check.Name}", EvidenceKind.Check, check.Word, "https://git.example/hello-wrapper/runs/7")),
        ]));
}
