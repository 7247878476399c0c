using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.TestSupport.History;

namespace ReleaseDashboard.Browser.Tests.History;

/// <summary>A lead looks through the history of several projects.</summary>
public sealed class HistoryPagesTests(BrowserFixture browser, HistoricDashboard historic) : IClassFixture<HistoricDashboard>
{
    public static TheoryData<string, int, bool> Looks()
    {
        var data = new TheoryData<string, int, bool>();
        foreach (var name in new[] { "history", "history-project", "history-none", "trends", "timeline", "timeline-live", "compare", "notes" })
        {
            foreach (var (width, dark) in new[] { (1440, false), (1440, true), (400, false), (400, true) })
                data.Add(name, width, dark);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_AnyThemeAndWidth_IsAccessibleQuietAndFits(string name, int width, bool dark)
    {
        var path = name switch
        {
            "history" => "/history",
            "history-project" => "/history?project=hello-bot&kind=release",
            "history-none" => "/history?q=no-such-thing",
            "trends" => "/projects/images/trends",
            "timeline" => $"/releases/{historic.Later}/timeline",
            "timeline-live" => $"/releases/{historic.Waiting}/timeline",
            "compare" => $"/releases/{historic.Later}/compare",
            _ => $"/releases/{historic.Waiting}/notes",
        };
        await using var opened = await browser.VisitAsync(historic.Dashboard, "lead", path, width, dark);
        await opened.ShouldBeWellMadeAsync($"{name}-{width}-{(dark ? "dark" : "light")}");
    }

    [Fact]
    public async Task Lead_FindsComparesAndExportsARelease()
    {
        await using var opened = await browser.VisitAsync(historic.Dashboard, "lead", "/history");
        var page = opened.Page;
        // Finds it: by project, then by version.
        await page.Locator("label.filter:has(> span:text-is('Project')) select").SelectOptionAsync("hello-wrapper");
        await page.WaitForURLAsync("**/history?project=hello-wrapper");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Version, project, person or commit" }).FillAsync("1.1.2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.WaitForURLAsync("**/history?q=1.1.2&project=hello-wrapper");
        await Assertions.Expect(page.Locator(".tbl tbody tr")).ToHaveCountAsync(1);
        // Exports exactly what is shown.
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("history.csv");
        var lines = (await File.ReadAllTextAsync(await download.PathAsync())).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[1].ShouldContain("hello-wrapper,1.1.2,published");
        // Opens it, and compares it with the one before.
        await page.Locator(".tbl tbody a code").First.ClickAsync();
        await page.WaitForURLAsync($"**/releases/{historic.Later}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "1.1.1 and 1.1.2" }).WaitForAsync();
        await page.GetByText("Time by stage").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Timeline" }).ClickAsync();
        await page.GetByText("Where the time went").WaitForAsync();
        opened.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task SearchField_SevenDigitsOfACommit_FindsTheRelease()
    {
        await using var opened = await browser.VisitAsync(historic.Dashboard, "lead", "/");
        var page = opened.Page;
        var commit = HistorySeed.CommitOf(135)[..7];
        await page.Locator("#search").FillAsync(commit);
        await page.Locator("#search").PressAsync("Enter");
        await page.WaitForURLAsync($"**/releases?q={commit}");
        await Assertions.Expect(page.Locator("ul.rows > li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("ul.rows > li code")).ToHaveTextAsync("1.2.35");
        await page.GetByText("1 release", new() { Exact = true }).WaitForAsync();
        await opened.ShouldBeWellMadeAsync("releases-commit");
    }

    [Fact]
    public async Task Pager_OlderThenNewer_ComesBack()
    {
        await using var opened = await browser.VisitAsync(historic.Dashboard, "lead", "/history?project=hello-bot");
        var page = opened.Page;
        var first = await page.Locator(".tbl tbody a code").First.TextContentAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
        await page.WaitForURLAsync("**before=*");
        await page.GetByRole(AriaRole.Link, new() { Name = "Newer" }).ClickAsync();
        await page.WaitForURLAsync("**after=*");
        await Assertions.Expect(page.Locator(".tbl tbody a code").First).ToHaveTextAsync(first!);
    }

    [Fact]
    public async Task Notes_TwoEditors_NobodyOverwritesUnseen()
    {
        await using var one = await browser.VisitAsync(historic.Dashboard, "maintainer", $"/releases/{historic.Waiting}/notes");
        await using var other = await browser.VisitAsync(historic.Dashboard, "maintainer", $"/releases/{historic.Waiting}/notes");
        await one.Page.GetByLabel("Markdown").FillAsync("## Mine\n\n* <script>alert(1)</script> [x](javascript:alert(1))");
        await one.Page.GetByRole(AriaRole.Heading, new() { Name = "Mine" }).WaitForAsync();
        await other.Page.GetByLabel("Markdown").FillAsync("## Theirs");
        await other.Page.GetByRole(AriaRole.Heading, new() { Name = "Theirs" }).WaitForAsync();
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Save notes" }).ClickAsync();
        await one.Page.GetByText("The notes are saved.").WaitForAsync();
        await other.Page.GetByText("has saved revision").WaitForAsync();
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Button, new() { Name = "Save notes" })).ToBeDisabledAsync();
        await other.ShouldBeWellMadeAsync("notes-conflict");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Take that text" }).ClickAsync();
        await Assertions.Expect(other.Page.GetByLabel("Markdown")).ToHaveValueAsync("## Mine\n\n* <script>alert(1)</script> [x](javascript:alert(1))\n");
        (await other.Page.Locator(".markdown script, .markdown a[href^=javascript]").CountAsync()).ShouldBe(0);
    }
}

/// <summary>The busy dashboard, with a history of several projects.</summary>
public sealed class HistoricDashboard : IAsyncLifetime
{
    private readonly BusyDashboard busy = new();

    public RunningDashboard Dashboard => busy.Dashboard;

    /// <summary>The later one of two published releases of the demo project.</summary>
    public Guid Later { get; private set; }

    /// <summary>A release that waits for a tick.</summary>
    public Guid Waiting { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await busy.InitializeAsync();
        var ledger = Dashboard.Get<LedgerStore>();
        await HistorySeed.AddAsync(ledger, 240, ["hello-bot", "images"], ["lead", "maintainer", "reviewer"], TimeProvider.System.GetUtcNow().AddHours(-3), TimeSpan.FromHours(30));
        await using var db = ledger.Read();
        Later = await IdAsync(db, "1.1.2");
        Waiting = await IdAsync(db, "1.2.1");
    }

    public ValueTask DisposeAsync() => busy.DisposeAsync();

    private static Task<Guid> IdAsync(LedgerContext db, string version) =>
        db.Releases.Where(release => release.Project!.Name == "hello-wrapper" && release.Version == version).Select(release => release.Id).SingleAsync();
}
