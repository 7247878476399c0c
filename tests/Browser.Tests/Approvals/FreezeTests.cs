using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Freezes;
using ReleaseDashboard.TestSupport.Scenario;

namespace ReleaseDashboard.Browser.Tests.Approvals;

[Collection(nameof(ApprovalFixture))]
public sealed class FreezeTests(ApprovalFixture fixture)
{
    [Theory]
    [InlineData(1440, false)]
    [InlineData(400, true)]
    public async Task Freezes_MadeAndLifted_StopTheReleaseMeanwhile(int width, bool dark)
    {
        // Another test that finds this freeze would wait for ever.
        await using var thaw = new Thaw(fixture.Web);
        var id = await fixture.States.ToChecklistAsync($"6.{width}.0");
        await using var opened = await fixture.OpenAsync("lead", "/freezes", width, dark);
        await opened.Page.GetByLabel("What").SelectOptionAsync("hello-wrapper");
        await opened.Page.GetByLabel("Reason").FillAsync("The customer measures until Friday.");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Freeze", Exact = true }).ClickAsync();
        await opened.Page.GetByText("locked", new() { Exact = true }).First.WaitForAsync();
        await opened.ScreenshotAsync($"freezes-{width}-{(dark ? "dark" : "light")}");
        await opened.SettledAsync();
        (await opened.Page.RunAxe()).ShouldFindNothing();
        (await opened.ScrollsSidewaysAsync()).ShouldBeFalse();

        await fixture.States.TickAllAsync(id);
        await fixture.Web.WaitAsync(id, view => view.Current is { Key: "merge", Status: StepStatus.WaitingOutside });
        await opened.GoAsync($"/releases/{id:D}");
        await opened.Page.GetByRole(AriaRole.Note, new() { Name = "Freeze" }).GetByText("Frozen until somebody lifts it").WaitForAsync();
        await opened.ScreenshotAsync($"release-frozen-{width}-{(dark ? "dark" : "light")}");
        await opened.SettledAsync();
        (await opened.Page.RunAxe()).ShouldFindNothing();
        (await opened.ScrollsSidewaysAsync()).ShouldBeFalse();

        await opened.GoAsync("/projects/hello-wrapper/settings");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Lift the freeze of hello-wrapper" }).ClickAsync();
        await opened.Page.GetByRole(AriaRole.Dialog).GetByLabel("Reason").FillAsync("They are done.");
        await opened.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Lift", Exact = true }).ClickAsync();
        await opened.Page.GetByText("Nothing is frozen.").WaitForAsync();
        await fixture.Web.WaitAsync(id, view => view.Current.Key == "approve");
        await opened.GoAsync("/freezes");
        await opened.Page.GetByText(": They are done.").First.WaitForAsync();
        await opened.ScreenshotAsync($"freezes-lifted-{width}-{(dark ? "dark" : "light")}");
        (await opened.Page.RunAxe()).ShouldFindNothing();
        await opened.GoAsync("/audit?action=freeze.");
        await opened.Page.GetByText("froze releases of hello-wrapper").First.WaitForAsync();
        opened.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(400, true)]
    public async Task Freeze_ToCome_SaysFromWhenToWhenInTheReadersTime(int width, bool dark)
    {
        await using var thaw = new Thaw(fixture.Web);
        var id = await fixture.States.ToChecklistAsync($"6.{width}.1");
        var planned = new NewFreeze(null, "Trade fair.", new(2036, 12, 20, 7, 0, 0, TimeSpan.Zero), new(2036, 12, 27, 7, 0, 0, TimeSpan.Zero));
        (await fixture.Web.Get<CreateFreeze>().RunAsync(ApprovalFixture.Lead, planned, CancellationToken.None)).Result.Message.ShouldBe("");
        await using var opened = await fixture.OpenAsync("maintainer", $"/releases/{id:D}", width, dark);
        // The browser of these tests is in Paris.
        await opened.Page.GetByRole(AriaRole.Note, new() { Name = "Freeze" }).GetByText("From 20 Dec 08:00 to 27 Dec 08:00: Trade fair.").WaitForAsync();
        await opened.ScreenshotAsync($"release-freeze-to-come-{width}-{(dark ? "dark" : "light")}");
        await opened.SettledAsync();
        (await opened.Page.RunAxe()).ShouldFindNothing();
        (await opened.ScrollsSidewaysAsync()).ShouldBeFalse();
        opened.Faults.ShouldBeEmpty();
    }

    private sealed class Thaw(ScriptedWeb web) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var freeze in await web.Get<FreezeQueries>().ListAsync(null, CancellationToken.None))
            {
                if (!freeze.IsOver)
                    await web.Get<LiftFreeze>().RunAsync(ApprovalFixture.Lead, freeze.Id, "The test is over.", CancellationToken.None);
            }
        }
    }
}
