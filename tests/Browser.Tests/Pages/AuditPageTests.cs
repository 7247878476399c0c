using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Browser.Tests.Pages;

/// <summary>The lead checks the trail, keeps a checkpoint, finds entries again and takes them away.</summary>
public sealed class AuditPageTests(BrowserFixture browser)
{
    private const int Entries = 20_000;

    [Fact]
    public async Task Audit_VerifiedSignedAndTamperedWith_SaysWhatWasDone()
    {
        await using var dashboard = await FilledAsync();
        await using var opened = await browser.VisitAsync(dashboard, "lead", "/audit?action=session.");
        var page = opened.Page;
        // Progress is there before the verdict, however fast the verification is.
        await page.EvaluateAsync("() => { window.seen = []; new MutationObserver(() => { const p = document.querySelector('progress'); if (p) window.seen.push(p.value); }).observe(document.body, { subtree: true, childList: true, attributes: true }); }");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify", Exact = true }).ClickAsync();
        await page.GetByText("The trail is intact").WaitForAsync();
        (await page.EvaluateAsync<int>("() => window.seen.length")).ShouldBeGreaterThan(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign now" }).ClickAsync();
        await page.GetByText("Signed over").WaitForAsync();
        var kept = await DownloadAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Last checkpoint" }));
        kept.ShouldStartWith("ReleaseDashboard audit checkpoint 1");
        await GiveAsync(page, kept.Replace("size: ", "size: 1", StringComparison.Ordinal));
        await page.GetByText("cannot be trusted").WaitForAsync();
        await GiveAsync(page, kept);
        await page.GetByText("The trail is intact").WaitForAsync();
        await opened.ShouldBeWellMadeAsync("audit-intact");

        await TamperAsync(dashboard, 12_345);
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify", Exact = true }).ClickAsync();
        await page.GetByText("Entry 12,345 does not fit").WaitForAsync();
        foreach (var (width, dark) in new[] { (1440, false), (1440, true), (400, false), (400, true) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
            await opened.ShouldBeWellMadeAsync($"audit-tampered-{width}-{(dark ? "dark" : "light")}");
        }
    }

    [Fact]
    public async Task Audit_Filtered_IsTheSameForOthersAndInTheExport()
    {
        await using var dashboard = await FilledAsync();
        await using var opened = await browser.VisitAsync(dashboard, "lead", "/audit");
        var page = opened.Page;
        await page.GetByLabel("Action").SelectOptionAsync("approval.");
        await page.WaitForURLAsync("**action=approval.");
        // The address changes before the rows do, and a page of everything has as many.
        await page.Locator(".audit li .what > p").Filter(new() { HasText = "signed in as lead" }).First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GetByText("100 entries").WaitForAsync();
        (await page.Locator(".audit li .what > p").AllInnerTextsAsync()).ShouldAllBe(text => text.StartsWith("approved") || text.StartsWith("rejected"));
        var newest = await page.Locator(".audit li .seq").First.InnerTextAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
        await page.WaitForURLAsync("**before=*");
        await page.Locator(".audit li .seq").Filter(new() { HasText = newest }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await opened.LiveAsync();
        var shown = await page.Locator(".audit li .seq").AllInnerTextsAsync();
        await using (var other = await browser.VisitAsync(dashboard, "reviewer", new Uri(page.Url).PathAndQuery))
        {
            await other.Page.Locator(".audit li .seq").First.WaitForAsync();
            (await other.Page.Locator(".audit li .seq").AllInnerTextsAsync()).ShouldBe(shown);
        }
        var csv = (await DownloadAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "CSV" }))).TrimEnd().Split("\r\n");
        csv.Length.ShouldBe((Entries / 4) + 1);
        csv.Skip(1).ShouldAllBe(line => line.Contains(",approval."));
        csv[1].ShouldContain("'=cmd");
        var lines = (await DownloadAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "JSON Lines" }))).TrimEnd().Split('\n');
        lines.Length.ShouldBe(Entries / 4);
        opened.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Release_EvidenceTaken_IsAPageOfItsOwn()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        var release = await dashboard.StartReleaseAsync("1.2.0");
        await dashboard.WaitAsync(release, view => view.Current.Key == "review");
        await using var opened = await browser.VisitAsync(dashboard, "lead", $"/releases/{release}");
        var html = await DownloadAsync(opened.Page, opened.Page.GetByRole(AriaRole.Link, new() { Name = "HTML", Exact = true }));
        var file = Path.Combine(Path.GetTempPath(), $"evidence-{release:N}.html");
        await File.WriteAllTextAsync(file, html);
        try
        {
            foreach (var (width, dark) in new[] { (1440, false), (1440, true), (400, false) })
            {
                await using var alone = await browser.NewPageAsync(dashboard.Address, width, dark: dark);
                await alone.Page.GotoAsync(new Uri(file).AbsoluteUri);
                (await alone.Page.TitleAsync()).ShouldBe("Evidence: hello-wrapper 1.2.0");
                await alone.Page.GetByText("How to check this file").WaitForAsync();
                await alone.ShouldBeWellMadeAsync($"evidence-{width}-{(dark ? "dark" : "light")}");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<RunningDashboard> FilledAsync()
    {
        string[] actions = ["step.attempt", "approval.approve", "comment.add", "step.succeed", "step.retry", "approval.reject", "comment.add", "step.fail"];
        var dashboard = await RunningDashboard.StartAsync();
        await dashboard.Get<LedgerStore>().WriteAsync(
            write =>
            {
                for (var at = 0; at < Entries; at++)
                    write.Audit(Actor.Person(at % 3 == 0 ? "mia" : "bob", Roles.Maintainer), actions[at % actions.Length], null, null, $"=cmd|' /C calc'!A{at}", new { Was = at }, new { Is = at + 1 });
                return Task.FromResult(true);
            },
            CancellationToken.None);
        return dashboard;
    }

    private static async Task TamperAsync(RunningDashboard dashboard, long entry)
    {
        await using var db = dashboard.Get<LedgerStore>().Read();
        await db.Database.ExecuteSqlAsync($"DROP TRIGGER audit_no_update");
        await db.Database.ExecuteSqlAsync($"UPDATE audit SET \"ActorName\" = 'eve' WHERE \"Sequence\" = {entry}");
    }

    private static async Task<string> DownloadAsync(IPage page, ILocator link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync());
    }

    private static Task GiveAsync(IPage page, string checkpoint) => page.GetByLabel("Check against a file").SetInputFilesAsync(
        new FilePayload { Name = "kept.txt", MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(checkpoint) });
}
