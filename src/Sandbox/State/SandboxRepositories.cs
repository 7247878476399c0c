using System.Collections.Concurrent;
using ReleaseDashboard.Sandbox.Git;

namespace ReleaseDashboard.Sandbox.State;

/// <summary>All repositories of a sandbox. Names are compared without case, as GitHub does.</summary>
public sealed class SandboxRepositories : IDisposable
{
    private readonly ConcurrentDictionary<string, SandboxRepository> repositories = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim creating = new(1, 1);
    private readonly string root;
    private readonly TimeProvider time;

    public SandboxRepositories(string root, TimeProvider time)
    {
        (this.root, this.time) = (root, time);
        Directory.CreateDirectory(root);
        foreach (var folder in Directory.EnumerateDirectories(root).SelectMany(Directory.EnumerateDirectories))
        {
            if (DocumentFile.Load<RepositoryState>(Path.Combine(folder, "state.json")) is { } state)
                repositories[$"{state.Owner}/{state.Name}"] = new SandboxRepository(folder, state);
        }
    }

    public IReadOnlyList<SandboxRepository> All => [.. repositories.Values.OrderBy(repository => repository.State.Id)];

    public SandboxRepository? Find(string owner, string name) => repositories.GetValueOrDefault($"{owner}/{name}");

    /// <summary>Makes an empty repository, or hands out the one that is there.</summary>
    /// <exception cref="ArgumentException">A name GitHub would refuse.</exception>
    public async Task<SandboxRepository> CreateAsync(string owner, string name, string defaultBranch = "main", string? description = null)
    {
        RequireName(owner);
        RequireName(name);
        await creating.WaitAsync();
        try
        {
            if (Find(owner, name) is { } existing)
                return existing;
            var folder = Path.Combine(root, owner, name);
            await GitRepository.CreateAsync(Path.Combine(folder, "repository.git"), defaultBranch);
            var created = new SandboxRepository(folder, new RepositoryState
            {
                Id = repositories.Count + 1,
                Owner = owner,
                Name = name,
                Description = description,
                DefaultBranch = defaultBranch,
                CreatedAt = time.GetUtcNow(),
            });
            created.Save_NeedsTurn(created.State);
            return repositories[created.FullName] = created;
        }
        finally
        {
            creating.Release();
        }
    }

    public void Dispose()
    {
        creating.Dispose();
        foreach (var repository in repositories.Values)
            repository.Dispose();
    }

    private static void RequireName(string name)
    {
        if (name.Length is 0 or > 100 || name[0] is '.' or '-' || name.EndsWith(".git", StringComparison.Ordinal)
            || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            throw new ArgumentException($"'{name}' cannot be the name of an owner or a repository.", nameof(name));
        }
    }
}
