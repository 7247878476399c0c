using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.TestSupport.Scenario;

namespace ReleaseDashboard.Browser.Tests.Approvals;

[Collection(nameof(ApprovalFixture))]
public sealed class ApprovalLookTests(ApprovalFixture fixture)
{
    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task ApprovePage_VoidAndHalfSigned_IsAccessible(int width, bool dark)
    {
        var id = await fixture.States.ToApprovalAsync($"5.{width}.{(dark ? 1 : 0)}");
        await fixture.NotesAsync(id, "## What is new\n\n- Greets by name\n- Thanks to **ana**");
        var first = (await fixture.Web.WaitAsync(id, view => view.Current.Evidence?["notes"]?.StartsWith("## What is new", StringComparison.Ordinal) == true)).Current.Approval!;
        await ApprovalTests.ApproveAsync(fixture.Web, ScriptedWeb.Reviewer, id, first.EvidenceDigest);
        await fixture.NotesAsync(id, "## What is new\n\n- Greets by name\n- Thanks to **ana** and **bo**");
        var second = (await fixture.Web.WaitAsync(id, view => view.Current.Approval is { Voided.HadApproved.Count: 1 } && view.Current.Evidence?["notes"]?.Contains("bo", StringComparison.Ordinal) == true)).Current.Approval!;
        await ApprovalTests.ApproveAsync(fixture.Web, ScriptedWeb.Reviewer, id, second.EvidenceDigest);

        await using var opened = await fixture.OpenAsync("lead", ApprovalFixture.PathOf(id), width, dark);
        await opened.Page.GetByRole(AriaRole.Heading, new() { Name = "What is new" }).WaitForAsync();
        await opened.Page.Locator(".slots").GetByText("signed by reviewer").WaitForAsync();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and publish" }).WaitForAsync();
        await opened.ScreenshotAsync($"approve-void-{width}-{(dark ? "dark" : "light")}");
        await opened.SettledAsync();
        (await opened.Page.RunAxe()).ShouldFindNothing();
        (await opened.ScrollsSidewaysAsync()).ShouldBeFalse();
        opened.Faults.ShouldBeEmpty();
    }
}
