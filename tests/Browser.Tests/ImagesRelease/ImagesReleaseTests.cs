using System.Text.Json;
using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.Browser.Tests.WrapperRelease;
using ReleaseDashboard.Browser.Tests.WrapperRelease.Screens;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Browser.Tests.ImagesRelease;

/// <summary>
/// A release of images in the browser, from the pull request to the latest release: the sandbox's workflows really build and
/// migrate the images of the demo project. One check is red on the way, and repaired by a push.
/// </summary>
public sealed class ImagesReleaseTests(BrowserFixture browser, RealDashboard real) : IClassFixture<RealDashboard>
{
    private const string Project = "hello-images";
    private const string Version = "3.4.0";
    private static readonly string[] Tags = ["3.4.0-debian", "3.4.0-tools", "3.4.0-alpine", "3.4.0-minimal", "debian", "tools", "alpine", "minimal", "latest"];

    [Fact]
    public async Task Release_WithARedCheckRepaired_IsMigratedAndLatest()
    {
        using var sandbox = await SandboxView.OfAsync(real.Dashboard, Project);
        await sandbox.SetWorkflowsAsync(new { workflow = "pre-release.yml", job = "*alpine*", outcome = "failure", output = new[] { "ERROR: unable to select packages:", "  gettext (no such package)" }, times = 1 });

        await using var maintainer = await browser.VisitAsync(real.Dashboard, "maintainer", $"/projects/{Project}");
        await StartAsync(maintainer);
        var release = new ReleaseScreen(maintainer.Page);
        await RepairAsync(maintainer, release, sandbox);
        await ReviewAsync(maintainer, release);
        await ApproveAsync(maintainer);
        await release.IsPublishedAsync(Version);
        await maintainer.ShouldLookRightAsync("images-published");
        await RemotesAreAsTheDocumentWantsAsync(sandbox);
        await RegistriesAreEqualAsync();
        await TrailIsIntactAsync(maintainer);
    }

    private static async Task StartAsync(WatchedPage opened)
    {
        var project = new ProjectScreen(opened.Page);
        await project.WaitUntilReadAsync(Version);
        await opened.ShouldLookRightAsync("images-project");
        await project.StartReleaseAsync();
        var wizard = new WizardScreen(opened.Page);
        await wizard.ChooseVersionAsync(Version);
        await wizard.RunPreflightAsync();
        await opened.ShouldLookRightAsync("images-preflight");
        await wizard.ReadPlanAsync();
        (await wizard.Step("Tag").InnerTextAsync()).ShouldContain(Version);
        await opened.ShouldLookRightAsync("images-plan");
        await wizard.StartAsync();
        await opened.LiveAsync();
    }

    /// <summary>The red check is told with its lines; a push to the branch makes it green, and the release goes on with the new commit.</summary>
    private static async Task RepairAsync(WatchedPage opened, ReleaseScreen release, SandboxView sandbox)
    {
        await release.Failure.GetByText("alpine").First.WaitForAsync(new() { Timeout = Wait.Steps });
        await release.Failure.GetByText("gettext (no such package)").First.WaitForAsync();
        await opened.ShouldLookRightAsync("images-red");
        using var repair = new Repair(sandbox.Address, $"example/{Project}");
        await repair.PushAsync("CHANGELOG.md", "# Changes\n\n## 3.4.0\n\n- Italian\n- an Alpine image that builds\n", "fix: the Alpine image builds again");
        await release.Button("Retry").ClickAsync();
    }

    private static async Task ReviewAsync(WatchedPage opened, ReleaseScreen release)
    {
        await release.ShowsStepAsync("Wait for review");
        await opened.ShouldLookRightAsync("images-review");
        var pull = await release.OpenPullRequestAsync();
        await new PullRequestScreen(pull).ApproveAsync();
        await pull.CloseAsync();
        await release.ShowsStepAsync("Approve publication");
        await Assertions.Expect(release.Approve).ToBeDisabledAsync();
    }

    /// <summary>Another person sees every tag with its platforms and digests, and approves them.</summary>
    private async Task ApproveAsync(WatchedPage maintainer)
    {
        await using var opened = await browser.VisitAsync(real.Dashboard, "reviewer", new Uri(maintainer.Page.Url).AbsolutePath);
        var release = new ReleaseScreen(opened.Page);
        await release.ShowsStepAsync("Approve publication");
        var table = opened.Page.GetByRole(AriaRole.Table).Filter(new() { HasText = "3.4.0-debian" });
        foreach (var tag in Tags.Where(tag => tag.StartsWith(Version, StringComparison.Ordinal)))
            await table.GetByText(tag, new() { Exact = true }).First.WaitForAsync();
        (await table.GetByText("linux/arm64").CountAsync()).ShouldBeGreaterThanOrEqualTo(4);
        await opened.ShouldLookRightAsync("images-approval");
        await release.ApproveAsync();
        await release.IsPublishedAsync(Version);
    }

    private static async Task RemotesAreAsTheDocumentWantsAsync(SandboxView sandbox)
    {
        var main = await sandbox.CommitAsync("main");
        main.Parents.Count.ShouldBe(2);
        (await sandbox.CommitAsync("dev")).Sha.ShouldBe(main.Sha);
        (await sandbox.CommitAsync(Version)).Sha.ShouldBe(main.Sha);
        var pull = (await sandbox.PullRequestsAsync()).EnumerateArray().Single(each => each.GetProperty("title").GetString() == $"Release {Version}");
        (await sandbox.TagMessageAsync(Version)).Trim().ShouldBe(pull.GetProperty("body").GetString()!.ReplaceLineEndings("\n").Trim());
        var latest = await sandbox.LatestReleaseAsync();
        (latest.GetProperty("tag_name").GetString(), latest.GetProperty("name").GetString(), latest.GetProperty("draft").GetBoolean())
            .ShouldBe((Version, $"Hello images {Version}", false));
    }

    private async Task RegistriesAreEqualAsync()
    {
        var images = (await real.Dashboard.Get<ProjectQueries>().FindAsync(Project, CancellationToken.None))!.Settings.Images!;
        foreach (var tag in Tags)
            (await ManifestAsync($"{images.Production.Repository}:{tag}")).ShouldBe(await ManifestAsync($"{images.Preproduction.Repository}:{tag}"), tag);
    }

    private static async Task<string> ManifestAsync(string image) =>
        JsonDocument.Parse(await Skopeo.RawAsync(image)).RootElement.GetRawText();

    private static async Task TrailIsIntactAsync(WatchedPage opened)
    {
        await opened.GoAsync("/audit");
        await new AuditScreen(opened.Page).VerifyAsync();
        await opened.GoAsync($"/projects/{Project}/images/platforms");
        await opened.Page.GetByText("the same digest in both").First.WaitForAsync(new() { Timeout = Wait.Reading });
        await opened.ShouldLookRightAsync("images-parity");
    }
}
