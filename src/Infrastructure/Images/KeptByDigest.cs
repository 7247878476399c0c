using System.Collections.Concurrent;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>Keeps what was read by digest: it never changes. Apart by repository, because who may read one may not read another.</summary>
/// <param name="most">When more is kept everything is dropped: reading it again costs little, and nothing has to be counted.</param>
internal sealed class KeptByDigest<T>(int most)
    where T : class
{
    private readonly ConcurrentDictionary<(ImageRepository Repository, Guid Project, ContentDigest Digest), T> _kept = new();

    public T? Find(ImageRepository repository, Guid project, ContentDigest digest) => _kept.GetValueOrDefault((repository, project, digest));

    public T Keep(ImageRepository repository, Guid project, ContentDigest digest, T value)
    {
        if (_kept.Count >= most)
            _kept.Clear();
        _kept[(repository, project, digest)] = value;
        return value;
    }
}
