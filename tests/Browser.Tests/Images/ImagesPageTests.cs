using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;

namespace ReleaseDashboard.Browser.Tests.Images;

/// <summary>The Images page over two real registries and a real repository.</summary>
public sealed class ImagesPageTests(BrowserFixture browser, ImagesDashboard images) : IClassFixture<ImagesDashboard>
{
    private const string Path = "/projects/hello-images/images";

    public static TheoryData<string, int, bool> Looks()
    {
        var data = new TheoryData<string, int, bool>();
        foreach (var tab in new[] { "graph", "platforms", "sizes", "files", "tags" })
        {
            foreach (var (width, dark) in new[] { (1440, false), (1440, true), (400, false), (400, true) })
                data.Add(tab, width, dark);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_AnyTabThemeAndWidth_IsAccessibleQuietAndFits(string tab, int width, bool dark)
    {
        await using var opened = await browser.VisitAsync(images.Dashboard, "maintainer", $"{Path}/{tab}", width, dark);
        await opened.Page.GetByText("looked at").WaitForAsync();
        await opened.ShouldBeWellMadeAsync($"images-{tab}-{width}-{(dark ? "dark" : "light")}");
    }

    [Fact]
    public async Task Graph_OfThreeDockerfiles_ShowsOrderUnusedStageAndExports()
    {
        await using var opened = await browser.VisitAsync(images.Dashboard, "maintainer", Path);
        var page = opened.Page;
        await page.GetByText("Order of the build").WaitForAsync();
        (await page.Locator(".levels li").First.Locator("b").AllInnerTextsAsync()).ShouldBe(["debian", "alpine"]);
        (await page.Locator(".levels li").Last.Locator("b").AllInnerTextsAsync()).ShouldBe(["signal-debian"]);
        (await page.Locator(".node.unused title").AllTextContentsAsync()).ShouldContain("old-signal");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Mermaid" }).ClickAsync());
        var text = await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
        text.ShouldStartWith("flowchart LR");
        text.ShouldContain("old-signal (unused)");
        var drawing = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "SVG" }).ClickAsync());
        System.Xml.Linq.XDocument.Load((await drawing.PathAsync())!).Root!.Name.LocalName.ShouldBe("svg");
    }

    [Fact]
    public async Task Parity_OfARelease_SaysEqualMissingDifferentAndImpossible()
    {
        await using var opened = await browser.VisitAsync(images.Dashboard, "maintainer", Path + "/platforms");
        var page = opened.Page;
        await page.Locator("table.par td", new() { HasText = "libzkgroup does not build for it." }).WaitForAsync();
        (await Cells("debian")).Count.ShouldBe(5);
        (await Cells("debian")).ShouldAllBe(cell => cell.StartsWith("equal", StringComparison.Ordinal) || cell.StartsWith("impossible", StringComparison.Ordinal));
        var signal = await Cells("signal-debian");
        signal.ShouldContain(cell => cell.StartsWith("missing", StringComparison.Ordinal));
        signal.ShouldContain(cell => cell.StartsWith("impossible", StringComparison.Ordinal));
        (await Cells("alpine")).ShouldContain(cell => cell.StartsWith("different", StringComparison.Ordinal));
        await page.GetByText("3 missing").WaitForAsync();

        async Task<IReadOnlyList<string>> Cells(string variant) =>
            [.. (await page.Locator("table.par tbody tr", new() { Has = page.GetByRole(AriaRole.Rowheader, new() { NameRegex = new($"^{variant}") }) }).Locator("td").AllInnerTextsAsync()).Select(text => text.Trim())];
    }

    [Fact]
    public async Task Sizes_OfThreeReleases_SayWhatGrew()
    {
        await using var opened = await browser.VisitAsync(images.Dashboard, "maintainer", Path + "/sizes");
        var page = opened.Page;
        await page.GetByText("Layers of signal-debian 3.3.2").WaitForAsync();
        var row = page.Locator("tr:has-text('pip install --no-index')").First;
        (await row.InnerTextAsync()).ShouldContain("changed");
        (await row.InnerTextAsync()).ShouldContain("+114");
    }

    [Fact]
    public async Task Files_Opened_ShowWhatEachLayerDid()
    {
        await using var opened = await browser.VisitAsync(images.Dashboard, "maintainer", Path + "/files");
        var page = opened.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Read its files" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "wheels/" }).ClickAsync();
        await page.GetByText("removed by layer 3").WaitForAsync();
        foreach (var folder in new[] { "usr/", "src/", "app/" })
            await page.GetByRole(AriaRole.Button, new() { Name = folder, Exact = true }).ClickAsync();
        await page.GetByText("docker-entrypoint.sh", new() { Exact = true }).WaitForAsync();
        await opened.ShouldBeWellMadeAsync("images-files-open");
        await page.GetByRole(AriaRole.Radio).Nth(4).CheckAsync();
        await page.GetByText("What layer 4 touches").WaitForAsync();
        (await page.GetByRole(AriaRole.Button, new() { Name = "wheels/" }).CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Tags_OfARefThatIsTried_AreShownBeforeAnyPush()
    {
        await using var opened = await browser.VisitAsync(images.Dashboard, "maintainer", Path + "/tags");
        var page = opened.Page;
        await page.GetByLabel("Try a ref").FillAsync("refs/tags/3.4.0b1");
        await page.GetByLabel("Try a ref").PressAsync("Enter");
        await page.GetByText("3.4.0b1-signal-debian").WaitForAsync();
        (await page.Locator("dl.preview code.moves").CountAsync()).ShouldBe(0);
        await page.GetByText("production: 3.3.2-debian, debian, latest").Or(page.GetByText("production: debian, latest, 3.3.2-debian")).First.WaitForAsync();
    }

    [Fact]
    public async Task Page_RegistryThatDoesNotAnswer_SaysSoAndShowsTheRest()
    {
        await using var opened = await browser.VisitAsync(images.Dashboard, "maintainer", "/projects/silent-images/images/platforms");
        var page = opened.Page;
        await page.GetByText("production: ").First.WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByText("not known").First.WaitForAsync();
        await opened.ShouldBeWellMadeAsync("images-silent");
        await page.GetByRole(AriaRole.Link, new() { Name = "Build", Exact = true }).ClickAsync();
        await page.GetByText("Order of the build").WaitForAsync();
    }

    [Fact]
    public async Task Page_ProjectWithoutImages_LeadsToTheSettings()
    {
        await using var opened = await browser.VisitAsync(images.Dashboard, "maintainer", "/projects/hello-wrapper/images");
        await opened.ShouldBeWellMadeAsync("images-none");
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Set up images" }).ClickAsync();
        await opened.Page.GetByLabel("This project has images").CheckAsync();
        await opened.Page.GetByLabel("Preproduction repository").FillAsync("UPPER/case");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
        await opened.Page.GetByText("is not the name of an image repository").First.WaitForAsync();
        await opened.ShouldBeWellMadeAsync("images-settings-fault");
    }

    [Fact]
    public async Task Settings_OfImages_PreviewTheTagsOfTheNextVersion()
    {
        await using var opened = await browser.VisitAsync(images.Dashboard, "maintainer", "/projects/hello-images/settings");
        await opened.Page.GetByText("Tags of the next version, 3.").WaitForAsync(new() { Timeout = 60_000 });
        await opened.ShouldBeWellMadeAsync("images-settings");
        await opened.Page.GetByLabel("Tags of a version").FillAsync("{version}-{varient}");
        await opened.Page.GetByLabel("Tags of a branch").ClickAsync();
        await opened.Page.GetByText("did you mean \"variant\"").WaitForAsync();
    }
}
