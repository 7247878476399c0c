using System.Net.Http.Json;
using Microsoft.Playwright;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Browser.Tests.Pages;

/// <summary>From a repository of the sandbox to a project.</summary>
public sealed class AddProjectTests(BrowserFixture browser, RealDashboard real) : IClassFixture<RealDashboard>
{
    private static readonly Dictionary<string, string> Greeter = new()
    {
        ["pyproject.toml"] = "[build-system]\nrequires = [\"setuptools\"]\nbuild-backend = \"setuptools.build_meta\"\n",
        ["greeter/__init__.py"] = "__version__ = \"0.3.0b1\"\n",
        ["tests/test_greeter.py"] = "import unittest\nimport greeter\n\n\nclass GreeterTest(unittest.TestCase):\n    def test_version(self):\n        self.assertEqual(\"0.3.0b1\", greeter.__version__)\n",
        ["README.md"] = "# greeter\n\nThis is greeter 0.3.0.\n",
    };

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task Add_AnyThemeAndWidth_ShowsWhatWasFoundAndIsAccessible(int width, bool dark)
    {
        var demo = (await real.Dashboard.Get<ProjectQueries>().FindAsync("hello-wrapper", CancellationToken.None))!;
        var look = $"{width}-{(dark ? "dark" : "light")}";
        await using var opened = await browser.VisitAsync(real.Dashboard, "maintainer", "/projects/new?repository=" + demo.Repository, width, dark);
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Read the repository" }).WaitForAsync();
        await opened.ShouldBeWellMadeAsync($"add-project-start-{look}");

        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Read the repository" }).ClickAsync();
        await opened.Page.GetByText("Nothing is missing").WaitForAsync(new() { Timeout = 60_000 });
        (await opened.Page.GetByLabel("File of the version").InputValueAsync()).ShouldBe(demo.Settings.VersionFile);
        (await opened.Page.GetByLabel("Test that expects a version").InputValueAsync()).ShouldBe(demo.Settings.TestsVersionFile);
        (await opened.Page.GetByLabel("Command that shows it works").InputValueAsync()).ShouldBe(string.Join('\n', demo.Settings.SmokeCommand));
        (await opened.Page.GetByLabel("Submodules").InputValueAsync()).ShouldBe("images main\nresources main");
        await opened.ShouldBeWellMadeAsync($"add-project-read-{look}");
    }

    [Fact]
    public async Task Add_ImportedRepository_NamesWhatIsMissingAndKeepsWhatWasTyped()
    {
        await ImportAsync("example/greeter", Greeter);
        await using var opened = await browser.VisitAsync(real.Dashboard, "maintainer", "/projects");
        var page = opened.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a project" }).ClickAsync();
        await page.GetByLabel("Repository of the sandbox").SelectOptionAsync("example/greeter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Read the repository" }).ClickAsync();
        await page.GetByText("There is no development branch").WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByText("Neither pyproject.toml nor setup.cfg nor setup.py names the package").WaitForAsync();

        var add = page.GetByRole(AriaRole.Button, new() { Name = "Add project" });
        await add.ClickAsync();
        await page.GetByText("is no name of a Python package").WaitForAsync();
        (await page.GetByLabel("Package", new() { Exact = true }).GetAttributeAsync("aria-invalid")).ShouldBe("true");
        await page.GetByLabel("Package", new() { Exact = true }).FillAsync("greeter");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("hello-wrapper");
        await add.ClickAsync();
        await page.GetByText("There is a project hello-wrapper already.").WaitForAsync();
        await opened.ShouldBeWellMadeAsync("add-project-faults");
        (await page.GetByLabel("Package", new() { Exact = true }).InputValueAsync()).ShouldBe("greeter");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("greeter");
        await add.ClickAsync();

        await page.WaitForURLAsync("**/projects/greeter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "greeter", Level = 1 }).WaitForAsync();
        var project = (await real.Dashboard.Get<ProjectQueries>().FindAsync("greeter", CancellationToken.None))!;
        (project.IsSandbox, project.Repository).ShouldBe((true, "example/greeter"));
        (project.Settings.Package, project.Settings.VersionFile, project.Settings.VersionName).ShouldBe(("greeter", "greeter/__init__.py", "__version__"));
        project.Settings.TestsVersionFile.ShouldBe("tests/test_greeter.py");
        project.Settings.VersionPlaces.ShouldHaveSingleItem().Path.ShouldBe("README.md");
        (await real.Dashboard.Get<SecretVault>().ListAsync(project.Id, CancellationToken.None)).Select(secret => secret.Name).ShouldBe(SecretName.All.Where(name => !name.Contains("registry", StringComparison.Ordinal)), ignoreOrder: true);
        opened.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Add_Reviewer_IsToldWhy()
    {
        await using var opened = await browser.VisitAsync(real.Dashboard, "reviewer", "/projects/new");
        await opened.Page.GetByText("Add a project: that needs the role").WaitForAsync();
        await opened.GoAsync("/projects");
        await opened.Page.GetByRole(AriaRole.Heading, new() { Name = "Projects" }).WaitForAsync();
        (await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Add a project" }).CountAsync()).ShouldBe(0);
    }

    private async Task ImportAsync(string repository, Dictionary<string, string> files)
    {
        var folder = Directory.CreateTempSubdirectory("greeter-").FullName;
        try
        {
            foreach (var (path, text) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
                await File.WriteAllTextAsync(Path.Combine(folder, path), text);
            }

            foreach (var arguments in (string[][])[["init", "--quiet", "--initial-branch=main"], ["add", "--all"], ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "Begin"]])
                (await real.Dashboard.Get<ProcessRunner>().RunAsync(new ProcessCommand("git", arguments, folder), OutputSinks.None, ProcessLimits.Default)).Succeeded.ShouldBeTrue();
            var demo = (await real.Dashboard.Get<ProjectQueries>().FindAsync("hello-wrapper", CancellationToken.None))!;
            using var sandbox = new HttpClient { BaseAddress = new Uri(demo.Settings.GitUrl) };
            using var answer = await sandbox.PostAsJsonAsync("/sandbox/import", new { repository, from = folder });
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
