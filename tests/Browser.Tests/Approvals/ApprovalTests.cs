using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.Browser.Tests.Releases;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.TestSupport.Scenario;

namespace ReleaseDashboard.Browser.Tests.Approvals;

[Collection(nameof(ApprovalFixture))]
public sealed class ApprovalTests(ApprovalFixture fixture)
{
    private ScriptedWeb Web => fixture.Web;

    [Fact]
    public async Task TwoGroups_EachSigns_FromTheLinkThroughSignIn()
    {
        var id = await fixture.States.ToApprovalAsync("4.0.0");
        await using (var reviewer = await fixture.OpenAsync("reviewer", ApprovalFixture.PathOf(id)))
        {
            await Heading(reviewer, "Approving publishes exactly this").WaitForAsync();
            await reviewer.Page.Locator(".slots").GetByText("1 of security").WaitForAsync();
            // The page listens to keys a moment after it is live; a key before that does nothing.
            var dialog = reviewer.Page.GetByRole(AriaRole.Dialog).GetByText("1 more must approve after you");
            for (var press = 0; press < 20 && !await dialog.IsVisibleAsync(); press++)
            {
                await reviewer.Page.Keyboard.PressAsync("a");
                await Task.WhenAny(dialog.WaitForAsync(new() { Timeout = 1000 }));
            }
            await reviewer.Page.GetByRole(AriaRole.Dialog).GetByText("1 more must approve after you").WaitForAsync();
            await ConfirmAsync(reviewer, "Approve and publish");
            await reviewer.Page.Locator(".slots").GetByText("signed by reviewer").WaitForAsync();
            await reviewer.Page.GetByText("You have decided already").WaitForAsync();
            reviewer.Faults.ShouldBeEmpty();
        }
        (await Web.WaitAsync(id, view => view.Current.Approval?.Missing == 1)).Current.Key.ShouldBe("approve");

        await using var lead = await fixture.OpenAsync("lead", ApprovalFixture.PathOf(id));
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and publish" }).ClickAsync();
        await ConfirmAsync(lead, "Approve and publish");
        await Web.WaitAsync(id, view => view.Status == ReleaseStatus.Published);
        // Afterwards nobody is asked any more: the page says who approved and what became of it.
        await Heading(lead, "Exactly this was approved").WaitForAsync();
        await lead.Page.GetByText("reviewer and lead approved this").WaitForAsync();
        await lead.Page.GetByText("Published at").WaitForAsync();
        (await lead.Page.GetByText("can sign").CountAsync()).ShouldBe(0);
        (await lead.Page.Locator(".votes .decision").AllInnerTextsAsync()).Count(text => text.Contains("approved", StringComparison.Ordinal)).ShouldBe(2);
        await lead.ScreenshotAsync("approve-published");
        await lead.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the release" }).ClickAsync();
        await Heading(lead, "4.0.0 is out").WaitForAsync();
    }

    [Fact]
    public async Task ChangedByte_AfterAnApproval_VoidsItAndSaysWhatChanged()
    {
        var id = await fixture.States.ToApprovalAsync("4.0.1");
        await fixture.NotesAsync(id, "Fixes the greeting.");
        var asked = (await Web.WaitAsync(id, view => view.Current.Evidence?["notes"] == "Fixes the greeting.")).Current.Approval!;
        await ApproveAsync(ScriptedWeb.Reviewer, id, asked.EvidenceDigest);
        await using var lead = await fixture.OpenAsync("lead", ApprovalFixture.PathOf(id));
        await lead.Page.Locator(".release-notes").GetByText("Fixes the greeting.").WaitForAsync();
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and publish" }).ClickAsync();
        await lead.Page.GetByRole(AriaRole.Dialog).WaitForAsync();

        // One byte, while the lead looks at the question.
        await fixture.NotesAsync(id, "Fixes the greeting!");
        var notice = lead.Page.GetByRole(AriaRole.Note, new() { Name = "This approval is void" });
        await notice.GetByText("Notes changed from Fixes the greeting. to Fixes the greeting!").WaitForAsync();
        await ConfirmAsync(lead, "Approve and publish");

        await lead.Page.GetByRole(AriaRole.Alert).GetByText("Notes changed from Fixes the greeting. to Fixes the greeting!").WaitForAsync();
        (await notice.InnerTextAsync()).ShouldContain("reviewer had approved");
        (await Web.WaitAsync(id, view => view.Current.Approval?.Voided is not null)).Current.Approval!.Missing.ShouldBe(2);
    }

    [Fact]
    public async Task Rejected_RepairedAndAskedAgain_IsApproved()
    {
        var id = await fixture.States.ToApprovalAsync("4.0.2");
        await using (var reviewer = await fixture.OpenAsync("reviewer", ApprovalFixture.PathOf(id)))
        {
            await reviewer.Page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).First.ClickAsync();
            await reviewer.Page.GetByRole(AriaRole.Dialog).GetByLabel("Reason").FillAsync("The notes name no contributor.");
            await ConfirmAsync(reviewer, "Reject");
            await reviewer.Page.GetByText("The notes name no contributor.").First.WaitForAsync();
        }
        await using (var maintainer = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id)))
        {
            await Heading(maintainer, "The publication was rejected").WaitForAsync();
            // Said once, with what was rejected and not its raw values.
            (await maintainer.Page.Locator(".middle").GetByText("The notes name no contributor.").CountAsync()).ShouldBe(1);
            await maintainer.Page.Locator(".middle").GetByText("choose Ask again").WaitForAsync();
            await Heading(maintainer, "Exactly this was rejected").WaitForAsync();
            await maintainer.GoAsync("/");
            await maintainer.Page.Locator(".asks li", new() { HasText = "4.0.2" }).GetByText("The notes name no contributor.").WaitForAsync();
            await maintainer.GoAsync(ReleaseStates.PathOf(id));
            await fixture.NotesAsync(id, "Thanks to ana.");
            await maintainer.Page.GetByRole(AriaRole.Button, new() { Name = "Ask again" }).ClickAsync();
            await maintainer.Page.GetByText("You started this release, so somebody else must decide.").WaitForAsync();
        }
        var digest = (await Web.WaitAsync(id, view => view.Current is { Key: "approve", Status: StepStatus.WaitingForPerson })).Current.Approval!.EvidenceDigest;
        await ApproveAsync(ScriptedWeb.Reviewer, id, digest);
        await ApproveAsync(ApprovalFixture.Lead, id, digest);
        await Web.WaitAsync(id, view => view.Status == ReleaseStatus.Published);
    }

    [Fact]
    public async Task HandOver_OnThePage_ChangesWhoLeads()
    {
        var id = await fixture.States.ToApprovalAsync("4.0.3");
        await using var opened = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id));
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Hand over" }).ClickAsync();
        var dialog = opened.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("To", new() { Exact = true }).SelectOptionAsync("second");
        await dialog.GetByLabel("Reason").FillAsync("I am on holidays from tomorrow.");
        await opened.ScreenshotAsync("hand-over-dialog");
        await ConfirmAsync(opened, "Hand over");
        await opened.Page.GetByText("led by second").WaitForAsync();
        (await Web.Get<ReleaseQueries>().FindAsync(id, CancellationToken.None))!.StartedBy.ShouldBe("maintainer");
        opened.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Group_OfAViewer_FindsTheDecisionInMyWorkAndGivesIt()
    {
        var id = await fixture.States.ToApprovalAsync("4.0.9");
        var asked = (await Web.WaitAsync(id, view => view.Current.Approval is not null)).Current.Approval!;
        await ApproveAsync(ScriptedWeb.Reviewer, id, asked.EvidenceDigest);
        await Web.WaitAsync(id, view => view.Current.Approval?.Missing == 1);
        await fixture.RolesAsync("lead", Roles.Viewer);
        try
        {
            await using var viewer = await fixture.OpenAsync("lead", "/my-work");
            await viewer.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Review and approve.*4\\.0\\.9") }).ClickAsync();
            await viewer.Page.Locator(".able .person").GetByText("lead").WaitForAsync();
            await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and publish" }).ClickAsync();
            await ConfirmAsync(viewer, "Approve and publish");
            await Web.WaitAsync(id, view => view.Status == ReleaseStatus.Published);
            viewer.Faults.ShouldBeEmpty();
        }
        finally
        {
            await fixture.RolesAsync("lead", Lead.Roles);
        }
    }

    [Fact]
    public async Task Question_WithAMentionAndItsAnswer_StandTogether()
    {
        var id = await fixture.States.ToApprovalAsync("4.0.4");
        await using var opened = await fixture.OpenAsync("reviewer", ApprovalFixture.PathOf(id));
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Ask a question" }).ClickAsync();
        await opened.Page.GetByPlaceholder("Your question about").WaitForAsync();
        (await opened.Page.GetByLabel("It is a question").IsCheckedAsync()).ShouldBeTrue();
        await opened.ScreenshotAsync("approve-question");
        var field = opened.Page.GetByLabel("Your question or comment");
        await field.FillAsync("Is the licence right, @nobody-here");
        await opened.Page.GetByText("@nobody-here is nobody here").WaitForAsync();
        await field.FillAsync("Is the licence right, @le");
        var offered = opened.Page.GetByRole(AriaRole.Button, new() { Name = "@lead", Exact = true });
        await offered.WaitForAsync();
        await field.PressAsync("Tab");
        await Assertions.Expect(offered).ToBeFocusedAsync();
        await offered.PressAsync("Enter");
        await Assertions.Expect(field).ToHaveValueAsync("Is the licence right, @lead ");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await opened.Page.Locator(".mention").GetByText("@lead").WaitForAsync();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Answer reviewer" }).ClickAsync();
        await opened.Page.GetByLabel("Your question or comment").FillAsync("It is.");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await opened.Page.Locator(".answers").GetByText("It is.").WaitForAsync();
        opened.Faults.ShouldBeEmpty();
        var asked = (await Web.Get<ReleaseQueries>().FindAsync(id, CancellationToken.None))!.Steps.Single(step => step.Key == "approve").Comments;
        asked.Select(comment => comment.IsQuestion).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Changed_BeforeAnybodyApproved_IsNotCalledVoid()
    {
        var id = await fixture.States.ToApprovalAsync("4.0.5");
        await fixture.NotesAsync(id, "Fixes the greeting.");
        await Web.WaitAsync(id, view => view.Current.Approval?.Voided is not null);
        await using var opened = await fixture.OpenAsync("reviewer", ApprovalFixture.PathOf(id), width: 400);
        await opened.Page.GetByRole(AriaRole.Note, new() { Name = "What you were asked about has changed" }).WaitForAsync();
        (await opened.Page.GetByText("This approval is void").CountAsync()).ShouldBe(0);
        // On a small screen the question is in the bar, too.
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Ask a question" }).ClickAsync();
        await Assertions.Expect(opened.Page.GetByLabel("Your question or comment")).ToBeFocusedAsync();
        await Assertions.Expect(opened.Page.GetByLabel("Your question or comment")).ToBeInViewportAsync();
        await opened.ScreenshotAsync("approve-ask-400-light");
        opened.Faults.ShouldBeEmpty();
    }

    private Task ApproveAsync(Actor actor, Guid id, string digest) => ApproveAsync(Web, actor, id, digest);

    internal static async Task ApproveAsync(ScriptedWeb web, Actor actor, Guid id, string digest) =>
        (await web.Get<DecideApproval>().RunAsync(actor, id, "approve", Verdict.Approved, digest, null, CancellationToken.None)).Message.ShouldBe("");

    private static Actor Lead => ApprovalFixture.Lead;

    private static ILocator Heading(WatchedPage opened, string text) => opened.Page.GetByRole(AriaRole.Heading, new() { Name = text });

    private static Task ConfirmAsync(WatchedPage opened, string action) =>
        opened.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
}
