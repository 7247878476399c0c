using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Running;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Infrastructure.Tests.Clients;
using ReleaseDashboard.Infrastructure.Tests.Git;
using ReleaseDashboard.Sandbox;
using ReleaseDashboard.Sandbox.Demo;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.TestSupport.Playbooks;

namespace ReleaseDashboard.Infrastructure.Tests.Preparation;

/// <summary>The demo project in a running sandbox, ready to be released as 1.2.0, and the services that look at it.</summary>
public sealed class PreparationWorld : IAsyncDisposable
{
    public const string Playbook = """
        schema: 1
        name: small
        title: Small release
        revision: 3
        stages:
          - id: prepare
            title: Prepare
            steps:
              - {id: preflight, title: Preflight, kind: preflight, expected: 4s}
              - id: set-version
                title: Set version
                kind: version.set
                expected: 1s
                instructions: Writes `${{ release.version }}`.
                inputs: {file: "${{ project.version_file }}", constant: "${{ project.version_constant }}", version: "${{ release.version }}"}
              - id: commit
                title: Commit the release
                kind: git.commit
                inputs: {message: "Release ${{ release.version }}"}
          - id: publish
            title: Publish
            steps:
              - {id: review, title: Review, kind: checklist, when: not project.require_review, items: [{id: read, text: Read it}]}
              - id: push
                title: Push
                kind: git.push
                inputs: {branch: "${{ project.dev_branch }}", commit: "${{ steps.commit.outputs.commit }}"}
              - {id: approve, title: Approve, kind: approval, approval: {count: 2, role: reviewer}, inputs: {commit: "${{ steps.commit.outputs.commit }}"}}
        """;

    private readonly TemporaryFolder folder = new();
    private ServiceProvider services = null!;

    public static Actor Maintainer { get; } = Actor.Person("maintainer", Roles.Viewer | Roles.Maintainer);

    public SandboxApplication Sandbox { get; private set; } = null!;

    public Project Project { get; private set; } = null!;

    public string Address { get; private set; } = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<PreparationWorld> StartAsync(Func<ProjectSettings, ProjectSettings>? change = null)
    {
        var world = new PreparationWorld();
        world.Sandbox = new SandboxApplication(new SandboxOptions { DataFolder = world.folder.At("sandbox") });
        await world.Sandbox.StartAsync(Stop);
        await world.Sandbox.Services.GetRequiredService<DemoProject>().CreateAsync(Stop);
        world.Address = world.Sandbox.Address.ToString().TrimEnd('/');
        var settings = world.DemoSettings();
        world.Project = new Project(Guid.CreateVersion7(), "hello-wrapper", "example/hello-wrapper", true, change?.Invoke(settings) ?? settings);
        await world.OpenAsync();
        await world.FillAsync();
        return world;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>As a new process on the same data.</summary>
    public async Task RestartAsync()
    {
        await services.DisposeAsync();
        await OpenAsync();
    }

    public Task SecretAsync(string name, string value, DateTimeOffset? expires = null) =>
        Get<SecretVault>().SetAsync(Maintainer, Project.Id, name, value, expires, Stop);

    public Task ChangeAsync(Func<LedgerContext, Task> change) => Get<LedgerStore>().AppendAsync(
        async db =>
        {
            await change(db);
            await db.SaveChangesAsync(Stop);
        },
        Stop);

    /// <summary>A clone of the remote that may push.</summary>
    public async Task<GitRepository> CloneAsync(string branch)
    {
        var url = RemoteUrl.Parse(Project.Settings.GitUrl);
        var session = new GitSession(Get<ProcessRunner>(), new GitOptions(), OutputSinks.None, new GitCredential(url, Personas.Lead.Token));
        return await session.CloneAsync(url, folder.At(Guid.CreateVersion7().ToString("N")), BranchName.Parse(branch), Stop).OkAsync();
    }

    /// <summary>Commits a file to a branch of the remote.</summary>
    public async Task<CommitSha> PushAsync(string branch, string path, Func<string, string> edit, string message = "Change a file")
    {
        var clone = await CloneAsync(branch);
        var before = await clone.ResolveAsync(Revision.Head, Stop).OkAsync();
        var file = Path.Combine(clone.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, edit(File.Exists(file) ? await File.ReadAllTextAsync(file, Stop) : ""), Stop);
        var person = new GitPerson("Mara Maintainer", Personas.Maintainer.Email, new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));
        var commit = await clone.CommitAsync(message, person, [], Stop).OkAsync();
        await clone.PushAsync([new GitPush(commit, BranchName.Parse(branch).Ref, before)], Stop).OkAsync();
        return commit;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Sandbox.DisposeAsync();
        folder.Dispose();
    }

    private ProjectSettings DemoSettings() => new()
    {
        GitHubApi = $"{Address}/api/v3/",
        GitUrl = $"{Address}/example/hello-wrapper.git",
        WebUrl = $"{Address}/example/hello-wrapper",
        Package = "hello-wrapper",
        VersionFile = "hello_wrapper/config/constants.py",
        TestsVersionFile = "tests/test_wrapper.py",
        Submodules = [new SubmoduleBranch("images", "main"), new SubmoduleBranch("resources", "main")],
        TestIndex = Index("test"),
        ProductionIndex = Index("production"),
        DependencyIndex = Index("production").Simple,
    };

    private IndexAddress Index(string name) =>
        new(name, $"{Address}/indexes/{name}/legacy/", $"{Address}/indexes/{name}/simple/", $"{Address}/indexes/{name}/pypi/");

    private async Task OpenAsync()
    {
        var playbooks = Directory.CreateDirectory(folder.At("playbooks")).FullName;
        await File.WriteAllTextAsync(Path.Combine(playbooks, "small.yml"), Playbook, Stop);
        await File.WriteAllTextAsync(Path.Combine(playbooks, "wrapper.yml"), RepositoryFiles.Read("playbooks/wrapper.yml"), Stop);
        var collection = new ServiceCollection();
        collection.AddLogging();
        // Keys in a folder: a restarted process must read what the one before has stored.
        collection.AddDataProtection().PersistKeysToFileSystem(Directory.CreateDirectory(folder.At("keys")));
        collection.AddReleaseDashboard(new InfrastructureOptions(
            new DatabaseOptions { SqliteFile = folder.At("ledger.db") }, new WorkerOptions { DataFolder = folder.At("data") }, playbooks, IsWorker: false)
        {
            Docker = new EngineOptions { Address = EngineAddress.Parse("unix:///nowhere/docker.sock") },
        });
        services = collection.BuildServiceProvider();
        await Get<LedgerStore>().MigrateAsync(Stop);
    }

    private async Task FillAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        await ChangeAsync(db =>
        {
            db.Projects.Add(new ProjectRecord
            {
                Id = Project.Id, Name = Project.Name, Repository = Project.Repository, IsSandbox = true, Settings = Project.Settings, CreatedAt = now, CreatedBy = "test",
            });
            db.Users.Add(Person("reviewer", Roles.Reviewer));
            db.Users.Add(Person("maintainer", Roles.Maintainer));
            db.Workers.Add(new WorkerRecord { Name = "worker-1", Host = "here", Labels = [], StartedAt = now, SeenAt = now });
            return Task.CompletedTask;
        });
        await SecretAsync(SecretName.GitHubToken, Personas.Maintainer.Token);
        await SecretAsync(SecretName.ProductionIndexPassword, "sandbox-production-token");
        await SecretAsync(SecretName.TestIndexPassword, "sandbox-test-token");
    }

    private static UserRecord Person(string name, Roles roles) => new()
    {
        Id = Guid.CreateVersion7(), Name = name, NormalizedName = name.ToUpperInvariant(), DisplayName = name, Roles = roles, IsDisabled = false,
        SecurityStamp = "1", CreatedAt = TimeProvider.System.GetUtcNow(),
    };
}
