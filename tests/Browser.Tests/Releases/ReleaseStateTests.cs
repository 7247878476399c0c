using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;

namespace ReleaseDashboard.Browser.Tests.Releases;

[Collection(nameof(ReleaseFixture))]
public sealed class ReleaseStateTests(ReleaseFixture fixture)
{
    /// <summary>State, who looks, and the words that show the page understood it.</summary>
    private static readonly (string State, string Persona, string Words)[] States =
    [
        ("running", "maintainer", "Nothing to do for you now"),
        ("checklist", "maintainer", "1 of 3"),
        ("approval", "reviewer", "Approving publishes exactly this"),
        ("failed", "maintainer", "2 of 214 tests failed."),
        ("reconcile", "maintainer", "a person must look"),
        ("waiting", "maintainer", "4 of 6 passed, waiting for"),
        ("done", "maintainer", "Took"),
        ("pending", "maintainer", "Begins by itself after"),
        ("rejected", "maintainer", "The README names the old version."),
        ("published", "lead", "2.0.7 is out"),
        ("aborted", "maintainer", "What stays outside"),
    ];

    public static TheoryData<string, int, bool> Matrix()
    {
        var data = new TheoryData<string, int, bool>();
        foreach (var (state, _, _) in States)
        {
            foreach (var width in (int[])[1440, 400])
            {
                data.Add(state, width, false);
                data.Add(state, width, true);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Page_InEachState_SaysItAndIsAccessible(string state, int width, bool dark)
    {
        var (_, persona, words) = States.First(own => own.State == state);
        await using var opened = await fixture.OpenAsync(persona, await fixture.States.PathAsync(state), width, dark);
        await opened.Page.Locator(".middle").GetByText(words).First.WaitForAsync();
        await opened.ScreenshotAsync($"release-{state}-{width}-{(dark ? "dark" : "light")}");

        await opened.SettledAsync();
        (await opened.Page.RunAxe()).ShouldFindNothing();
        (await opened.ScrollsSidewaysAsync()).ShouldBeFalse();
        opened.Faults.ShouldBeEmpty();
        // One obvious next action, or none where nothing is to be done.
        (await opened.Page.Locator(".middle .btn.primary").CountAsync()).ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData("running", "● 2.0.0 Running · hello-wrapper")]
    [InlineData("published", "✓ 2.0.7 Published · hello-wrapper")]
    public async Task Title_ByState_TellsIt(string state, string title)
    {
        await using var opened = await fixture.OpenAsync("lead", await fixture.States.PathAsync(state));
        await Assertions.Expect(opened.Page).ToHaveTitleAsync(title);
    }

    [Fact]
    public async Task Page_NoSuchRelease_OffersTheList()
    {
        await using var opened = await fixture.OpenAsync("lead", "/releases/01996f6e-0000-7000-8000-000000000000");
        await opened.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no such release" }).WaitForAsync();
    }

    [Fact]
    public async Task Version_Address_LeadsToTheRelease()
    {
        var path = await fixture.States.PathAsync("published");
        await using var opened = await fixture.OpenAsync("lead", "/projects/hello-wrapper/releases/2.0.7");
        await opened.Page.WaitForURLAsync("**" + path);
    }

    [Fact]
    public async Task Log_Raw_IsTheWholeTextForPeopleOnly()
    {
        var path = await fixture.States.PathAsync("approval");
        await using var opened = await fixture.OpenAsync("lead", path + "?step=test");
        var href = await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Raw" }).GetAttributeAsync("href");

        var answer = await opened.Page.APIRequest.GetAsync(href!);

        answer.Headers["content-type"].ShouldBe("text/plain; charset=utf-8");
        (await answer.TextAsync()).Split('\n').Length.ShouldBe(27);
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = fixture.Web.Address };
        (await stranger.GetAsync(href, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Failure_SeeTheLog_LeadsToIt()
    {
        await using var opened = await fixture.OpenAsync("maintainer", await fixture.States.PathAsync("failed"));
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "See the log" }).ClickAsync();
        await opened.Page.WaitForURLAsync("**#log");
        await Assertions.Expect(opened.Page.Locator("#log")).ToBeInViewportAsync();
        await opened.Page.Locator(".middle").GetByText("2 of 214 tests failed.").First.WaitForAsync();
    }

    [Fact]
    public async Task Log_StepThatWroteNothing_IsAWordAndNoBox()
    {
        fixture.Web.Scenario.Show("3.3.0", "set-version", new Core.Steps.Observation.Done(Core.Steps.Evidence.None));
        var id = await fixture.States.ToChecklistAsync("3.3.0");
        await using var opened = await fixture.OpenAsync("maintainer", ReleaseStates.PathOf(id) + "?step=set-version");
        await opened.Page.GetByText("This step wrote no log.", new() { Exact = true }).WaitForAsync();
        (await opened.Page.Locator(".step-log").CountAsync()).ShouldBe(0);
        await opened.ScreenshotAsync("release-no-output");
    }

    [Theory]
    [InlineData(1440, 1)]
    [InlineData(400, 2)]
    public async Task Published_Places_StandTogether(int width, int rows)
    {
        await using var opened = await fixture.OpenAsync("lead", await fixture.States.PathAsync("published"), width);
        var cards = opened.Page.Locator(".middle .links li");
        await cards.First.WaitForAsync();
        (await cards.CountAsync()).ShouldBe(4);
        (await cards.EvaluateAllAsync<int>("cards => new Set(cards.map(card => card.offsetTop)).size")).ShouldBe(rows);
        (await opened.Page.Locator(".middle .links a", new() { HasText = "2.0.7" }).First.GetAttributeAsync("href")).ShouldNotBeNull();
    }
}
