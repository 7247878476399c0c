using System.Collections.Concurrent;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>The uploads of a registry that are not finished. They outlive a restart: the file's name says whose they are.</summary>
internal sealed class UploadSessions(RegistryFolder folder, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, UploadSession> sessions = new();

    public UploadSession Start(string repository)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var session = new UploadSession(id, repository, PathOf(id, repository));
        using (File.Create(session.File))
            return sessions[id] = session;
    }

    /// <returns>The upload of that id in that repository, or null.</returns>
    public async Task<UploadSession?> FindAsync(string repository, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var parsed))
            return null;
        id = parsed.ToString();
        if (sessions.TryGetValue(id, out var known))
            return known.Repository == repository ? known : null;
        var path = PathOf(id, repository);
        if (!File.Exists(path))
            return null;
        var session = new UploadSession(id, repository, path);
        await session.ResumeAsync(cancellationToken);
        var kept = sessions.GetOrAdd(id, session);
        if (kept != session)
            session.Dispose();
        return kept;
    }

    /// <summary>Forgets an upload and what had come of it.</summary>
    public void Drop(UploadSession session)
    {
        sessions.TryRemove(session.Id, out _);
        File.Delete(session.File);
    }

    public void Dispose()
    {
        foreach (var session in sessions.Values)
            session.Dispose();
    }

    // Slashes of a repository's name cannot be part of a file's name; '@' is in no repository's name.
    private string PathOf(string id, string repository) => Path.Combine(folder.Uploads, $"{id}@{repository.Replace('/', '@')}");
}
