using System.Net.Http.Json;
using System.Text.Json;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.EndToEnd.Tests.Product;
using ReleaseDashboard.Infrastructure.Projects;

namespace ReleaseDashboard.EndToEnd.Tests.Repositories;

/// <summary>A repository from elsewhere, brought into the sandbox and added as a project with the settings that its files suggest.</summary>
internal sealed record ImportedProject(ReleaseDriver Driver, SmallPackage Package)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string Name => Package.Name;

    public string Repository => $"elsewhere/{Package.Name}";

    public static async Task<ImportedProject> CreateAsync(
        ReleaseDriver driver, string name, PackageStyle style = PackageStyle.Pyproject, bool byCommandLine = false, Func<ProjectSettings, ProjectSettings>? change = null, Action<SmallPackage>? prepare = null)
    {
        var package = await SmallPackage.CreateAsync(driver.Product.Scratch, name, style, prepare);
        var project = new ImportedProject(driver, package);
        if (byCommandLine)
            (await driver.Product.RunAsync("sandbox", "import", project.Repository, "--from", package.Folder)).Ok().ShouldContain($"Imported {project.Repository}");
        else
            await driver.Sandbox.SendAsync(HttpMethod.Post, "/sandbox/import", new { repository = project.Repository, from = package.Folder });
        await project.AddAsync((change ?? (settings => settings))(project.Detect()), byCommandLine);
        return project;
    }

    public Task SecretAsync(string name, string value) => SendAsync(HttpMethod.Put, $"projects/{Name}/secrets/{name}", new { value });

    private async Task AddAsync(ProjectSettings settings, bool byCommandLine)
    {
        if (byCommandLine)
        {
            var file = Path.Combine(Driver.Product.Scratch, Name + ".json");
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(settings, Json));
            (await Driver.Product.RunAsync("project", "add", Name, Repository, "--settings", file, "--simulated")).Ok().ShouldContain($"Added {Name}");
        }
        else
        {
            await SendAsync(HttpMethod.Post, "projects", new { name = Name, repository = Repository, settings, isSandbox = true });
        }
        await SecretAsync(SecretName.GitHubToken, "sandbox-maintainer-token");
        await SecretAsync(SecretName.GitHubWebhook, "a webhook secret");
        foreach (var (user, password, token) in new[]
        {
            (SecretName.TestIndexUser, SecretName.TestIndexPassword, "sandbox-test-token"),
            (SecretName.ProductionIndexUser, SecretName.ProductionIndexPassword, "sandbox-production-token"),
        })
        {
            // Whose workflow publishes has no token of the index here.
            if (user == SecretName.ProductionIndexUser && settings.PublishBy is not null)
                continue;
            await SecretAsync(user, "__token__");
            await SecretAsync(password, token);
        }
        await Driver.Sandbox.SendAsync(HttpMethod.Post, $"/api/v3/repos/{Repository}/hooks", new
        {
            name = "web",
            active = true,
            events = new[] { "*" },
            config = new { url = new Uri(Driver.Product.Address, "/webhooks/github").AbsoluteUri, content_type = "json", secret = "a webhook secret" },
        });
    }

    /// <summary>What a person accepts when the files were looked at.</summary>
    private ProjectSettings Detect()
    {
        var files = Directory.EnumerateFiles(Package.Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Package.Folder, path)).Where(path => !path.StartsWith(".git/", StringComparison.Ordinal)).ToList();
        var probed = ProjectProbe.Look(files, path => File.ReadAllText(Path.Combine(Package.Folder, path)));
        probed.Version.ShouldBe(Package.Style == PackageStyle.Scm ? null : "0.2.0b1");
        string At(string path) => new Uri(Driver.Sandbox.Address, path).AbsoluteUri;
        IndexAddress Index(string name) => new(name, At($"/indexes/{name}/legacy/"), At($"/indexes/{name}/simple/"), At($"/indexes/{name}/pypi/"));
        return new ProjectSettings
        {
            GitHubApi = At("/api/v3/"),
            GitUrl = At($"/{Repository}.git"),
            WebUrl = At($"/{Repository}"),
            Package = probed.Package!,
            VersionFile = probed.VersionFile ?? "",
            VersionFromTag = probed.VersionFromTag,
            VersionName = probed.VersionName ?? "version",
            VersionPlaces = probed.VersionPlaces,
            TestCommand = probed.TestCommand,
            TestIndex = Index("test"),
            ProductionIndex = Index("production"),
            DependencyIndex = At("/indexes/production/simple/"),
            UseTestIndex = false,
        };
    }

    private async Task SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, options: Json) };
        using var answer = await Driver.Maintainer.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
