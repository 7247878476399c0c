using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.TestSupport.Scenario;

namespace ReleaseDashboard.Browser.Tests.Releases;

[Collection(nameof(ReleaseFixture))]
public sealed class ReleaseActionTests(ReleaseFixture fixture)
{
    private ScriptedWeb Web => fixture.Web;

    [Fact]
    public async Task Log_WhileItRuns_ShowsNewLinesAndThePageGoesAlong()
    {
        var lines = Web.Scenario.Hold("3.0.0", "preflight");
        var id = await Web.StartReleaseAsync("3.0.0");
        await using var opened = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id));
        await opened.Page.GetByText("looked before, acted").WaitForAsync();

        await lines.WriteAsync("a line that came later", TestContext.Current.CancellationToken);
        await opened.Page.GetByText("a line that came later").WaitForAsync(new() { Timeout = 2_000 });
        lines.Complete();

        await Heading(opened, "Review checklist").WaitForAsync();
        opened.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Checklist_AllTicked_KeepsTheNamesAndGoesOn()
    {
        Web.Scenario.Hold("3.0.1", "test");
        var id = await fixture.States.ToChecklistAsync("3.0.1");
        await fixture.States.AddWorkspaceAsync(id);
        await using var opened = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id));

        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "See the changes for: Documentation" }).ClickAsync();
        await opened.Page.GetByText("or say it to somebody").WaitForAsync();
        await opened.Page.GetByLabel("Constants reviewed").CheckAsync();
        await opened.Page.GetByText("1 of 3").WaitForAsync();
        await opened.Page.GetByLabel("Documentation matches").CheckAsync();
        await opened.Page.GetByText("2 of 3").WaitForAsync();
        await opened.Page.GetByLabel("README read").CheckAsync();

        await Heading(opened, "Run tests").WaitForAsync();
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Review checklist" }).ClickAsync();
        (await opened.Page.Locator(".items em").AllInnerTextsAsync()).ShouldAllBe(text => text.StartsWith("maintainer"));
    }

    [Fact]
    public async Task Approval_ByTheStarter_IsDisabledWithTheReason()
    {
        await using var opened = await fixture.OpenAsync("maintainer", await fixture.States.PathAsync("approval"));
        (await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and publish" }).IsDisabledAsync()).ShouldBeTrue();
        await opened.Page.GetByText("You started this release, so another reviewer must decide.").WaitForAsync();
    }

    [Fact]
    public async Task Approval_KeyAndConfirmation_PublishesWhatWasShown()
    {
        var id = await fixture.States.ToApprovalAsync("3.0.2");
        await using var opened = await fixture.OpenAsync("reviewer", ReleaseStates.PathOf(id));
        await Heading(opened, "Approve publication").WaitForAsync();

        await opened.Page.Keyboard.PressAsync("a");
        var dialog = opened.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("can never be replaced").WaitForAsync();
        await opened.ScreenshotAsync("release-approve-dialog");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Approve and publish" }).ClickAsync();

        await opened.Page.GetByRole(AriaRole.Heading, new() { Name = "3.0.2 is out" }).WaitForAsync();
        await opened.Page.GetByText("Approved by reviewer").WaitForAsync();
    }

    [Fact]
    public async Task Approval_Rejected_NeedsAReasonAndStops()
    {
        var id = await fixture.States.ToApprovalAsync("3.0.3");
        await using var opened = await fixture.OpenAsync("reviewer", ReleaseStates.PathOf(id));

        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).First.ClickAsync();
        var dialog = opened.Page.GetByRole(AriaRole.Dialog);
        var confirm = dialog.GetByRole(AriaRole.Button, new() { Name = "Reject", Exact = true });
        await confirm.WaitForAsync();
        (await confirm.IsDisabledAsync()).ShouldBeTrue();
        await dialog.GetByLabel("Reason").FillAsync("Wrong commit.");
        await confirm.ClickAsync();

        await opened.Page.GetByRole(AriaRole.Heading, new() { Name = "The publication was rejected" }).WaitForAsync();
        (await Web.WaitAsync(id, view => view.Status == ReleaseStatus.Failed)).Current.Error!.Why.ShouldBe("Wrong commit.");
    }

    [Fact]
    public async Task Retry_WhenRepaired_GoesOn()
    {
        Web.Scenario.Fail("3.0.4", "preflight", ReleaseStates.TestsFailed);
        var id = await Web.StartReleaseAsync("3.0.4");
        await using var opened = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id));
        var retry = opened.Page.GetByRole(AriaRole.Button, new() { Name = "Retry" });
        await retry.WaitForAsync();

        Web.Scenario.Repair("3.0.4", "preflight");
        await retry.ClickAsync();

        await Heading(opened, "Review checklist").WaitForAsync();
    }

    [Fact]
    public async Task Retry_StaleButtonWhenSomebodyWasFirst_SaysWho()
    {
        Web.Scenario.Fail("3.0.5", "set-version", ReleaseStates.TestsFailed);
        var id = await Web.StartReleaseAsync("3.0.5");
        await Web.WaitAsync(id, view => view.Status == ReleaseStatus.Failed);
        // Handlers are called in their order, so one from before the page was opened keeps the news from it.
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var told = new ManualResetEventSlim();
        using var late = Web.Get<ChangeFeed>().Subscribe(change =>
        {
            if (change is not Change.Release release || release.Id != id)
                return;
            written.TrySetResult();
            told.Wait(TimeSpan.FromSeconds(30));
        });
        await using var opened = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id));
        var retry = opened.Page.GetByRole(AriaRole.Button, new() { Name = "Retry" });
        await retry.WaitForAsync();

        var other = Core.People.Actor.Person("colleague", Core.People.Roles.Maintainer);
        Web.Scenario.Hold("3.0.5", "set-version");
        var first = Task.Run(() => Web.Get<RetryStep>().RunAsync(other, id, "set-version", new Dictionary<string, string>(), null, CancellationToken.None));
        try
        {
            await written.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await retry.ClickAsync();
            await opened.Page.GetByText("Just before, colleague").WaitForAsync();
        }
        finally
        {
            told.Set();
        }

        (await first).IsDone.ShouldBeTrue();
        await opened.Page.GetByText("Nothing to do for you now").WaitForAsync();
        await opened.ScreenshotAsync("release-stale");
    }

    [Fact]
    public async Task Page_DatabaseAwayForAMoment_SaysSoAndRecovers()
    {
        await using var web = await ScriptedWeb.StartAsync();
        web.Scenario.Hold("3.2.0", "preflight");
        var id = await web.StartReleaseAsync("3.2.0");
        await using var opened = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id), web: web);
        await opened.Page.GetByText("looked before, acted").WaitForAsync();
        var away = opened.Page.GetByText("cannot read this release at the moment");

        await RenameAsync(web, "comments", "comments_away");
        web.Get<ChangeFeed>().Publish(new Change.Release(id));
        await away.WaitForAsync();
        await opened.ScreenshotAsync("release-away");
        await RenameAsync(web, "comments_away", "comments");

        await away.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        opened.Faults.ShouldBeEmpty();
    }

    // Only pages read comments, so everything else goes on.
    private static async Task RenameAsync(ScriptedWeb web, string from, string to)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(web.DataFolder, "ledger.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"ALTER TABLE {from} RENAME TO {to}";
        await command.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task FixAndResume_ChangedInput_IsUsedAndAudited()
    {
        Web.Scenario.Fail("3.0.6", "set-version", ReleaseStates.TestsFailed);
        var id = await Web.StartReleaseAsync("3.0.6");
        await using var opened = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id));
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Fix and resume" }).ClickAsync();
        var save = opened.Page.GetByRole(AriaRole.Button, new() { Name = "Save and resume" });
        (await save.IsDisabledAsync()).ShouldBeTrue();
        await opened.Page.GetByLabel("Constant").FillAsync("__version__");
        await opened.ScreenshotAsync("release-fix");
        Web.Scenario.Repair("3.0.6", "set-version");
        await save.ClickAsync();

        await Heading(opened, "Review checklist").WaitForAsync();
        await opened.Page.Locator(".timeline").GetByText("corrected the inputs of").WaitForAsync();
        (await Web.Get<Infrastructure.Releases.Reading.ReleaseQueries>().FindAsync(id, CancellationToken.None))!
            .Steps.First(step => step.Key == "set-version").Inputs["constant"].ShouldBe("__version__");
    }

    [Fact]
    public async Task MarkDone_WithComment_SettlesByName()
    {
        Web.Scenario.Fail("3.0.7", "lint", ReleaseStates.TestsFailed);
        var id = await Web.StartReleaseAsync("3.0.7");
        await using var opened = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id));
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Mark as done by hand" }).ClickAsync();
        await opened.Page.GetByLabel("What you did").FillAsync("Looked at all four places.");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Mark as done", Exact = true }).ClickAsync();

        await Heading(opened, "Review checklist").WaitForAsync();
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Compare versions" }).ClickAsync();
        await opened.Page.GetByText("Done by hand by maintainer").WaitForAsync();
    }

    [Fact]
    public async Task Skip_OptionalStep_NeedsAReason()
    {
        Web.Scenario.Fail("3.0.8", "upload-test", ReleaseStates.TestsFailed);
        var id = await fixture.States.ToAsync("3.0.8", "upload-test", StepStatus.Failed);
        await using var opened = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id));
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Leave out" }).ClickAsync();
        var dialog = opened.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("The test index is down.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Leave it out" }).ClickAsync();

        await Web.WaitAsync(id, view => view.Steps.First(step => step.Key == "upload-test").Status == StepStatus.Skipped);
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Upload to test index" }).ClickAsync();
        await opened.Page.GetByText("maintainer left it out: The test index is down.").WaitForAsync();
    }

    [Fact]
    public async Task Comment_Sent_IsThereForTheOthers()
    {
        var path = await fixture.States.PathAsync("waiting");
        await using var asker = await fixture.OpenAsync("reviewer", path);
        await using var other = await fixture.OpenAsync("maintainer", path);
        await asker.Page.GetByLabel("Your question or comment").FillAsync("Is Windows needed?");
        await asker.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await other.Page.GetByText("Is Windows needed?").WaitForAsync();
        await Assertions.Expect(asker.Page.GetByLabel("Your question or comment")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Abort_WithReason_EndsAndSaysWhatStays()
    {
        var id = await fixture.States.ToApprovalAsync("3.0.9");
        await using var opened = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id));
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Abort release" }).First.ClickAsync();
        var dialog = opened.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("These stay outside").WaitForAsync();
        await opened.ScreenshotAsync("release-abort-dialog");
        await dialog.GetByLabel("Reason").FillAsync("A fix must go in first.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Abort release" }).ClickAsync();

        await opened.Page.GetByRole(AriaRole.Heading, new() { Name = "was aborted" }).WaitForAsync();
        await opened.Page.Locator(".sub").GetByText("By maintainer").WaitForAsync();
    }

    [Fact]
    public async Task Keys_JAndK_GoBetweenSteps()
    {
        await using var opened = await fixture.OpenAsync("lead", await fixture.States.PathAsync("approval") + "?step=lint");
        await Heading(opened, "Compare versions").WaitForAsync();
        await opened.Page.Keyboard.PressAsync("j");
        await Heading(opened, "Review checklist").WaitForAsync();
        await opened.Page.Keyboard.PressAsync("k");
        await Heading(opened, "Compare versions").WaitForAsync();
    }

    [Fact]
    public async Task Server_RestartedInTheMiddle_PageComesBackWhereItWas()
    {
        await using var web = await ScriptedWeb.StartAsync();
        var lines = web.Scenario.Hold("3.1.0", "preflight");
        var id = await web.StartReleaseAsync("3.1.0");
        await using var opened = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id), web: web);
        await opened.Page.GetByText("looked before, acted").WaitForAsync();

        var address = await web.StopAsync();
        await opened.Page.GetByText("Connection lost").WaitForAsync();
        lines.Complete();
        await web.StartAgainAsync(address);

        await Heading(opened, "Review checklist").WaitForAsync(new() { Timeout = 40_000 });
        opened.Page.Url.ShouldEndWith(ReleaseStates.PathOf(id));
    }

    private static ILocator Heading(WatchedPage opened, string name) =>
        opened.Page.Locator(".middle").GetByRole(AriaRole.Heading, new() { Name = name, Exact = true, Level = 2 });
}
