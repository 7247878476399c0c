using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.Browser.Tests.WrapperRelease.Screens;
using ReleaseDashboard.Sandbox.Indexes;

namespace ReleaseDashboard.Browser.Tests.WrapperRelease;

/// <summary>
/// The main job in the browser, from the first click to the published package: every command is really run, on the shipped
/// playbook and the demo project of a fresh server.
/// </summary>
public sealed class WrapperReleaseTests(BrowserFixture browser, RealDashboard real) : IClassFixture<RealDashboard>, IAsyncLifetime
{
    private const string Project = "hello-wrapper";
    private const string Version = "1.2.0";
    private const string Constants = "hello_wrapper/config/constants.py";
    private const string Tests = "tests/test_wrapper.py";

    private SandboxView _sandbox = default!;

    public async ValueTask InitializeAsync() => _sandbox = await SandboxView.OfAsync(real.Dashboard);

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Release_ClickedThrough_IsPublishedByTwoPeople()
    {
        // Long enough to be seen waiting.
        await _sandbox.SetChecksAsync(
            new { name = "tests", run_milliseconds = 6000, output = new[] { "collected 12 items", "12 passed in 0.84s" } },
            new { name = "lint", run_milliseconds = 500, output = new[] { "All checks passed!" } });

        var path = await StartAsync();
        await ReviewBeforeBuildAsync(path);
        await using var maintainer = await ReopenDuringTestsAsync(path);
        await MergeAsync(maintainer);
        await PublishAsync(maintainer);
        using (var install = new UserInstall())
            (await install.VersionOfAsync(_sandbox.ProductionIndex, Project, Version)).ShouldBe(Version);
        await RemotesAreAsTheDocumentWantsAsync();
        await WhatHappenedIsDrawnAsync(maintainer, path);
        await TrailIsIntactAsync(maintainer);
    }

    /// <summary>Sign-in, Home, project, wizard, start.</summary>
    /// <returns>The path of the release.</returns>
    private async Task<string> StartAsync()
    {
        await using var opened = await browser.NewPageAsync(real.Dashboard.Address);
        var page = opened.Page;
        await page.GotoAsync("/");
        await opened.ShouldLookRightAsync("sign-in");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Maintainer") }).ClickAsync();
        await opened.LiveAsync();
        await opened.ShouldLookRightAsync("home-first");
        await new HomeScreen(page).OpenProjectAsync(Project);
        var project = new ProjectScreen(page);
        await project.WaitUntilReadAsync(Version);
        await opened.ShouldLookRightAsync("project");
        await project.StartReleaseAsync();

        var wizard = new WizardScreen(page);
        await wizard.ChooseVersionAsync(Version);
        await opened.ShouldLookRightAsync("wizard-version");
        await wizard.RunPreflightAsync();
        (await wizard.Checks.CountAsync()).ShouldBeGreaterThanOrEqualTo(21);
        await opened.ShouldLookRightAsync("wizard-preflight");
        await wizard.ReadPlanAsync();
        await PlanTellsAllAsync(wizard, page);
        await opened.ShouldLookRightAsync("wizard-plan");
        await wizard.StartAsync();
        await opened.LiveAsync();
        var release = new ReleaseScreen(page);
        await release.KeepStepsAsync();
        await release.ShowsStepAsync("Review checklist");
        // The page went along by itself: more than one step passed by without a reload.
        (await release.SeenStepsAsync()).Count.ShouldBeGreaterThan(2);
        opened.Faults.ShouldBeEmpty();
        return new Uri(page.Url).AbsolutePath;
    }

    private static async Task PlanTellsAllAsync(WizardScreen wizard, IPage page)
    {
        (await wizard.ChangedLinesAsync("Set version", Constants)).ShouldBe(["−version: str = \"1.2.0b1\"", "+version: str = \"1.2.0\""]);
        (await wizard.ChangedLinesAsync("Move the tests' version", Tests))
            .ShouldBe(["−self.assertEqual(\"1.2.0\", ConstantConfig.version)", "+self.assertEqual(\"1.2.1\", ConstantConfig.version)"]);
        (await CommandsAsync("Run tests")).ShouldContain("$ venv-test/bin/python -m unittest discover -v -s tests");
        (await CommandsAsync("Build source package")).ShouldContain("-m build --sdist");
        (await CommandsAsync("Push")).ShouldContain("$ git push --porcelain --atomic --no-verify --force-with-lease=refs/heads/dev:");
        (await CommandsAsync("Merge")).ShouldContain("PUT ");
        var upload = await CommandsAsync("Upload to PyPI");
        upload.ShouldContain("-m twine upload");
        upload.ShouldContain("TWINE_PASSWORD=••••");
        (await page.ContentAsync()).ShouldNotContain(IndexCredentials.Of("production").Token);
        (await page.ContentAsync()).ShouldNotContain(Sandbox.Identity.Personas.Maintainer.Token);

        async Task<string> CommandsAsync(string step) => string.Join(' ', (await wizard.Step(step).InnerTextAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The checklist: each item ticked with the change beside it. The last tick starts the tests, and the browser is closed.</summary>
    private async Task ReviewBeforeBuildAsync(string path)
    {
        await using var opened = await browser.VisitAsync(real.Dashboard, "maintainer", path);
        var release = new ReleaseScreen(opened.Page);
        await release.OpenChangesAsync("Constants reviewed, the version among them", Constants);
        await opened.ShouldLookRightAsync("release-checklist");
        // The tests' environment is installed slowly, so that the browser is closed and opened in the middle.
        await _sandbox.DelayOnceAsync("/indexes/production/simple/wheel/", TimeSpan.FromSeconds(12));
        foreach (var (index, item) in new[] { "Constants reviewed, the version among them", "Documentation matches what changed", "README read from top to bottom" }.Index())
        {
            await release.TickAsync(item);
            if (index < 2)
                await opened.Page.GetByText($"{index + 1} of 3").First.WaitForAsync();
        }

        await release.ShowsStepAsync("Run tests");
        await release.ShowsLogLineAsync("Run tests", "-m pip install --requirement");
        opened.Faults.ShouldBeEmpty();
    }

    private async Task<WatchedPage> ReopenDuringTestsAsync(string path)
    {
        var opened = await browser.VisitAsync(real.Dashboard, "maintainer", path);
        var release = new ReleaseScreen(opened.Page);
        await release.ShowsStepAsync("Run tests");
        await release.ShowsLogLineAsync("Run tests", "-m pip install --requirement");
        await opened.ShouldLookRightAsync("release-running");
        return opened;
    }

    /// <summary>Pull request, checks, review on GitHub, merge.</summary>
    private static async Task MergeAsync(WatchedPage opened)
    {
        var release = new ReleaseScreen(opened.Page);
        await release.ShowsStepAsync("Wait for checks");
        await release.Waits.GetByText("waiting for tests").WaitForAsync();
        await release.ShowsStepAsync("Wait for review");
        await release.Waits.GetByText("An approving review of pull request").WaitForAsync();
        await opened.ShouldLookRightAsync("release-waiting");
        var pull = await release.OpenPullRequestAsync();
        await new PullRequestScreen(pull).ApproveAsync();
        await pull.CloseAsync();
    }

    /// <summary>The reviewer's own page: real changes since the last release, notes, and the review at the host.</summary>
    private static async Task ReviewAsync(WatchedPage opened)
    {
        var release = new Uri(opened.Page.Url).PathAndQuery;
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Notes, changes since the last release" }).ClickAsync();
        await opened.Page.GetByRole(AriaRole.Heading, new() { Name = "Approving publishes exactly this" }).WaitForAsync();
        await opened.Page.Locator(".files summary").First.WaitForAsync();
        await opened.Page.GetByText("Read from GitHub").WaitForAsync();
        await opened.Page.Locator("aside").GetByText("approved", new() { Exact = false }).First.WaitForAsync();
        await opened.Page.Locator(".release-notes").WaitForAsync();
        await opened.ShouldLookRightAsync("approve");
        await opened.GoAsync(release);
    }

    /// <summary>Approval by another person than the one who started it, of exactly what is then on the index.</summary>
    private async Task PublishAsync(WatchedPage maintainer)
    {
        var own = new ReleaseScreen(maintainer.Page);
        await own.ShowsStepAsync("Approve publication");
        await Assertions.Expect(own.Approve).ToBeDisabledAsync();
        await maintainer.Page.GetByText("You started this release, so another reviewer must decide.").WaitForAsync();

        await using var opened = await browser.VisitAsync(real.Dashboard, "reviewer", "/");
        await opened.ShouldLookRightAsync("home");
        await new HomeScreen(opened.Page).OpenAskAsync("Review and approve", $"{Project} {Version}");
        var release = new ReleaseScreen(opened.Page);
        await release.ShowsStepAsync("Approve publication");
        (await release.FactAsync("Package")).ShouldContain($"{Project} {Version}, source distribution");
        (await release.FactAsync("File")).ShouldEndWith($"-{Version}.tar.gz");
        (await release.FactAsync("Checks")).ShouldContain("2 of 2 passed");
        (await release.FactAsync("Checks")).ShouldContain("reviewed by reviewer");
        (await release.WholeFactAsync("Commit")).ShouldBe((await _sandbox.CommitAsync("main")).Sha);
        var hash = await release.WholeFactAsync("SHA-256");
        await opened.ShouldLookRightAsync("release-approval");
        await ReviewAsync(opened);
        await release.ApproveAsync();

        await release.IsPublishedAsync(Version);
        // Without a reload, and without a click of the maintainer.
        await own.IsPublishedAsync(Version);
        (await _sandbox.PublishedHashAsync(Version)).ShouldBe(hash);
        foreach (var link in new[] { $"{Project} {Version}", Version })
            (await release.LinkAsync(link)).ShouldStartWith("http://127.0.0.1:");
        await opened.ShouldLookRightAsync("release-published");
    }

    private async Task RemotesAreAsTheDocumentWantsAsync()
    {
        var main = await _sandbox.CommitAsync("main");
        main.Parents.Count.ShouldBe(2);
        (await _sandbox.CommitAsync(Version)).Sha.ShouldBe(main.Sha);
        (await _sandbox.CommitAsync("dev")).Parents.ShouldBe([main.Sha]);
        (await _sandbox.FileAsync(Constants, "main")).ShouldContain("version: str = \"1.2.0\"\n");
        (await _sandbox.FileAsync(Constants, "dev")).ShouldContain("version: str = \"1.2.1b1\"\n");
        (await _sandbox.FileAsync(Tests, "dev")).ShouldContain("assertEqual(\"1.2.1\", ConstantConfig.version)");
        var release = await _sandbox.ReleaseAsync(Version);
        release.GetProperty("draft").GetBoolean().ShouldBeFalse();
        release.GetProperty("assets").EnumerateArray().ShouldHaveSingleItem()
            .GetProperty("digest").GetString().ShouldBe("sha256:" + await _sandbox.PublishedHashAsync(Version));
        (await _sandbox.LatestReleaseAsync()).GetProperty("tag_name").GetString().ShouldBe(Version);
    }

    /// <summary>Timeline, comparison and notes of the release that was just made.</summary>
    private static async Task WhatHappenedIsDrawnAsync(WatchedPage opened, string path)
    {
        var page = opened.Page;
        await opened.GoAsync($"{path}/timeline");
        await page.GetByText("Where the time went").WaitForAsync();
        await opened.ShouldLookRightAsync("timeline-published");
        await opened.GoAsync($"{path}/notes");
        await page.GetByText("They are published.").Or(page.GetByText("its notes stay as they are here")).First.WaitForAsync();
        await opened.ShouldLookRightAsync("notes-published");
    }

    private static async Task TrailIsIntactAsync(WatchedPage opened)
    {
        await opened.GoAsync("/audit");
        await new AuditScreen(opened.Page).VerifyAsync();
        await opened.ShouldLookRightAsync("audit");
        await opened.GoAsync($"/projects/{Project}");
        await new ProjectScreen(opened.Page).WaitUntilReadAsync("1.2.1");
        await opened.ShouldLookRightAsync("project-after");
    }
}
