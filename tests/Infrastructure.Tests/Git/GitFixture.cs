using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Tests.Clients;

namespace ReleaseDashboard.Infrastructure.Tests.Git;

/// <summary>A bare repository with one commit on main, and clones of it.</summary>
public abstract class GitFixture : IAsyncLifetime
{
    protected static readonly BranchName Main = BranchName.Parse("main");
    protected static readonly GitPerson Person = new("Release Bot", "bot@example.org", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)));

    protected TemporaryFolder Folder { get; } = new();
    protected LogRecorder Log { get; } = new();
    protected GitSession Session { get; private set; } = null!;
    protected RemoteUrl Remote { get; private set; } = null!;
    protected GitRepository Work { get; private set; } = null!;
    protected CommitSha First { get; private set; } = null!;
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Session = new GitSession(
            new ProcessRunner(ProcessEnvironment.WithHome(Folder.At("home")), TimeProvider.System), new GitOptions { AllowFile = true }, Log.Sink);
        Remote = await RemoteRepositoryAsync("remote.git");
        Work = await CloneAsync("work");
        First = await Work.ResolveAsync(Revision.Head, Stop).OkAsync();
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected Task<GitRepository> CloneAsync(string name) => Session.CloneAsync(Remote, Folder.At(name), null, Stop).OkAsync();

    protected async Task<RemoteUrl> RemoteRepositoryAsync(string name)
    {
        var seed = await Session.InitAsync(Folder.At($"seed-{name}"), Main, Stop).OkAsync();
        await CommitAsync(seed, "README.md", $"# {name}\n");
        var url = RemoteUrl.Parse($"file://{Folder.At(name)}", allowFile: true);
        await Session.CloneAsync(RemoteUrl.Parse($"file://{seed.Path}", allowFile: true), Folder.At(name), null, Stop, bare: true).OkAsync();
        return url;
    }

    protected static async Task<CommitSha> CommitAsync(GitRepository repository, string path, string text, string message = "Change a file")
    {
        var full = Path.Combine(repository.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        await File.WriteAllTextAsync(full, text, Stop);
        return await repository.CommitAsync(message, Person, [], Stop).OkAsync();
    }
}

internal static class GitResults
{
    public static async Task<T> OkAsync<T>(this Task<Result<T, GitError>> task)
    {
        var result = await task;
        result.Error.ShouldBeNull();
        return result.Value;
    }

    public static async Task<GitError> FailedAsync<T>(this Task<Result<T, GitError>> task, GitFailure kind)
    {
        var error = (await task).Error.ShouldNotBeNull();
        error.Kind.ShouldBe(kind, error.ToString());
        return error;
    }
}
