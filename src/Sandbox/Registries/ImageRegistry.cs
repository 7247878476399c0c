using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>
/// One simulated image registry: content by digest, tags that move, and everything on disk before it is answered. An actor of
/// null in a write means that it comes with the demo: it is no effect then.
/// </summary>
public sealed partial class ImageRegistry : IDisposable
{
    private readonly RegistryFolder folder;
    private readonly RegistryJournal journal;
    private readonly SemaphoreSlim writing = new(1, 1);

    /// <param name="name">Name in addresses, credentials and the effect log.</param>
    /// <param name="path">Folder of this registry.</param>
    public ImageRegistry(string name, string path, EffectLog effects, TimeProvider time)
    {
        Name = name;
        Credentials = RegistryCredentials.Of(name);
        folder = new RegistryFolder(path);
        journal = new RegistryJournal(folder, effects);
        Uploads = new UploadSessions(folder, time);
    }

    /// <summary><c>preproduction</c> or <c>production</c>.</summary>
    public string Name { get; }

    /// <summary>Who may write.</summary>
    public RegistryCredentials Credentials { get; }

    /// <summary>Whether blobs are never mounted from another repository, so that they have to be uploaded.</summary>
    public bool RefuseMounts { get; set; }

    /// <summary>How callers are asked who they are.</summary>
    public RegistryAuthentication Authentication { get; set; }

    /// <summary>Name of the service in the effect log.</summary>
    public string Service => $"registry.{Name}";

    /// <summary>Names of all repositories, sorted.</summary>
    public IReadOnlyList<string> Repositories => folder.AllRepositories();

    internal UploadSessions Uploads { get; }

    /// <summary>The tags of a repository, sorted; null when there is no such repository.</summary>
    public IReadOnlyList<string>? Tags(string repository) =>
        RegistryNames.IsRepository(repository) && folder.Exists(repository) ? folder.AllTags(repository) : null;

    /// <returns>Path of a blob's bytes, or null when this repository has no such blob.</returns>
    public string? FindBlob(string repository, ContentDigest digest) =>
        RegistryNames.IsRepository(repository) && File.Exists(folder.Blob(repository, digest)) ? folder.Content(digest) : null;

    /// <param name="reference">A tag or a digest.</param>
    /// <returns>The manifest, or null when this repository has none there.</returns>
    public StoredManifest? FindManifest(string repository, string reference)
    {
        if (!RegistryNames.IsRepository(repository) || Resolve(repository, reference) is not { } digest)
            return null;
        return DocumentFile.Load<ManifestLink>(folder.Manifest(repository, digest)) is { } link
            ? new StoredManifest(digest, link.MediaType, File.ReadAllBytes(folder.Content(digest)))
            : null;
    }

    /// <summary>Manifests that say they belong to another one.</summary>
    internal IEnumerable<(StoredManifest Stored, ManifestDocument Document)> Referrers(string repository, ContentDigest subject) =>
        from digest in folder.AllManifests(repository)
        let stored = FindManifest(repository, digest.Value)
        where stored is not null
        let document = ManifestDocument.Read(stored.Content, stored.MediaType).Document
        where document?.Subject == subject
        select (stored, document);

    /// <summary>Logs what a killed process had done but not logged.</summary>
    internal Task RecoverAsync() => journal.RecoverAsync();

    public void Dispose()
    {
        Uploads.Dispose();
        writing.Dispose();
    }

    private ContentDigest? Resolve(string repository, string reference) =>
        ContentDigest.TryParse(reference, out var digest) ? digest
        : RegistryNames.IsTag(reference) && DocumentFile.Load<TagLink>(folder.Tag(repository, reference)) is { } link ? ContentDigest.Parse(link.Digest)
        : null;

    private async Task<IDisposable> EnterAsync()
    {
        await writing.WaitAsync();
        return new Turn(writing);
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}

/// <summary>A manifest or index as a registry holds it.</summary>
/// <param name="Digest">Of <paramref name="Content"/>.</param>
/// <param name="MediaType">As it was sent.</param>
/// <param name="Content">The bytes, as they were sent.</param>
public sealed record StoredManifest(ContentDigest Digest, string MediaType, byte[] Content);
