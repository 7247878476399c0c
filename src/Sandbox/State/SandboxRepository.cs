using ReleaseDashboard.Sandbox.Git;

namespace ReleaseDashboard.Sandbox.State;

/// <summary>A repository: real git data, and a document for the rest.</summary>
public sealed class SandboxRepository : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly string document;
    private volatile RepositoryState state;

    internal SandboxRepository(string folder, RepositoryState state)
    {
        this.state = state;
        document = Path.Combine(folder, "state.json");
        Assets = Path.Combine(folder, "assets");
        Git = new GitRepository(Path.Combine(folder, "repository.git"));
        Logs = Path.Combine(folder, "logs");
        Directory.CreateDirectory(Assets);
        Directory.CreateDirectory(Logs);
    }

    public GitRepository Git { get; }

    public string FullName => $"{State.Owner}/{State.Name}";

    /// <summary>The repository's document as it is now.</summary>
    public RepositoryState State => state;

    /// <summary>Folder of the release files, each named by its id.</summary>
    internal string Assets { get; }

    /// <summary>Folder of what the steps of workflows printed, a file for each.</summary>
    internal string Logs { get; }

    public void Dispose() => gate.Dispose();

    /// <summary>Keeps other changes out until disposed. Every write, to git or to the document, is made inside.</summary>
    internal async Task<IDisposable> EnterAsync()
    {
        await gate.WaitAsync();
        return new Turn(gate);
    }

    internal void Save_NeedsTurn(RepositoryState next)
    {
        DocumentFile.Save(document, next);
        state = next;
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
