using Microsoft.Playwright;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Sandbox.Identity;

namespace ReleaseDashboard.Browser.Tests.Pages;

/// <summary>Choosing that a workflow publishes, and what the wizard says of it then.</summary>
public sealed class PublishingTests(BrowserFixture browser, RealDashboard real) : IClassFixture<RealDashboard>
{
    private const string Workflow = """
        name: publish
        run-name: Publish ${{ github.ref_name }}
        on:
          push:
            tags: ["*"]
        jobs:
          upload:
            steps:
              - uses: sandbox/publish-package
        """;

    [Fact]
    public async Task Settings_WorkflowChosen_PreflightWantsItAndThePlanSaysThatItPublishes()
    {
        await using var opened = await browser.VisitAsync(real.Dashboard, "maintainer", "/projects/hello-wrapper/settings");
        var page = opened.Page;
        var publishing = page.Locator("#publishing");
        (await publishing.GetByLabel("Its repository").CountAsync()).ShouldBe(0, "the fields are shown while the worker uploads");
        await publishing.GetByLabel("A workflow uploads the package").CheckAsync();
        await publishing.GetByLabel("Workflow", new() { Exact = true }).FillAsync("upload.txt");
        await publishing.GetByLabel("Its repository").FillAsync("example/hello-images");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
        await page.GetByText("2 settings cannot be used.").WaitForAsync();
        await publishing.GetByText("is not the file name of a workflow such as publish.yml").WaitForAsync();
        await publishing.GetByLabel("Workflow", new() { Exact = true }).FillAsync("publish.yml");
        await publishing.GetByLabel("Its repository").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
        await page.GetByText("The settings are saved.").WaitForAsync();
        (await real.Dashboard.Get<ProjectQueries>().FindAsync("hello-wrapper", CancellationToken.None))!.Settings.PublishBy!.File.ShouldBe("publish.yml");

        await CheckAsync(opened);
        await page.GetByText("There is no workflow publish.yml").First.WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByText("No credentials of pypi are needed here").First.WaitForAsync();
        await PushWorkflowAsync();
        foreach (var (width, dark) in new[] { (1440, false), (1440, true), (400, false), (400, true) })
            await LookAsync(width, dark);
    }

    private async Task LookAsync(int width, bool dark)
    {
        var look = $"{width}-{(dark ? "dark" : "light")}";
        await using var opened = await browser.VisitAsync(real.Dashboard, "maintainer", "/projects/hello-wrapper/settings", width, dark);
        var page = opened.Page;
        await page.Locator("#publishing").GetByLabel("Its repository").WaitForAsync();
        await opened.ShouldBeWellMadeAsync($"publishing-settings-{look}");

        await CheckAsync(opened);
        var read = page.GetByRole(AriaRole.Button, new() { Name = "Read the plan" });
        await Assertions.Expect(read).ToBeEnabledAsync(new() { Timeout = 60_000 });
        await opened.ShouldBeWellMadeAsync($"publishing-preflight-{look}");
        await read.ClickAsync();
        await page.GetByText("hello-wrapper 1.2.0, uploaded by the workflow publish.yml").First.WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByText("Follow the publishing workflow").First.WaitForAsync();
        await opened.ShouldBeWellMadeAsync($"publishing-plan-{look}");
    }

    private static async Task CheckAsync(WatchedPage opened)
    {
        await opened.GoAsync("/projects/hello-wrapper/releases/new?version=1.2.0");
        await opened.Page.GetByText("Free: no tag has it").WaitForAsync(new() { Timeout = 60_000 });
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Check if it can be released" }).ClickAsync();
    }

    private async Task PushWorkflowAsync()
    {
        var demo = (await real.Dashboard.Get<ProjectQueries>().FindAsync("hello-wrapper", CancellationToken.None))!;
        var folder = Directory.CreateTempSubdirectory("publishing-").FullName;
        try
        {
            var remote = new UriBuilder(demo.Settings.GitUrl) { UserName = "x", Password = Personas.Maintainer.Token }.Uri.AbsoluteUri;
            await GitAsync("clone", "--quiet", "--branch", "dev", remote, folder);
            Directory.CreateDirectory(Path.Combine(folder, ".github", "workflows"));
            await File.WriteAllTextAsync(Path.Combine(folder, ".github", "workflows", "publish.yml"), Workflow, TestContext.Current.CancellationToken);
            await GitAsync("add", "--all");
            await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "Publish from GitHub");
            await GitAsync("push", "--quiet", "origin", "dev");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        async Task GitAsync(params string[] arguments) =>
            (await real.Dashboard.Get<ProcessRunner>().RunAsync(new ProcessCommand("git", arguments, folder), OutputSinks.None, ProcessLimits.Default)).Succeeded.ShouldBeTrue(string.Join(' ', arguments));
    }
}
