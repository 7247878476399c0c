using System.Collections.Concurrent;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Web.Live;

/// <summary>
/// Whole releases for pages that show several: read once for every circuit, and again after a change. An entry that a
/// change removes is never served afterwards, so nobody sees a state from before a change they were told of.
/// </summary>
public sealed class ReleaseViews : IDisposable
{
    private const int Kept = 256;

    private readonly ReleaseQueries _releases;
    private readonly ConcurrentDictionary<Guid, Lazy<Task<ReleaseView?>>> _views = new();
    private readonly IDisposable _subscription;

    public ReleaseViews(ReleaseQueries releases, ChangeFeed feed)
    {
        _releases = releases;
        _subscription = feed.Subscribe(change =>
        {
            if (change is Change.Release release)
                _views.TryRemove(release.Id, out _);
        });
    }

    public async Task<ReleaseView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_views.Count > Kept)
            _views.Clear();
        // Shared by whoever waits, so one page that closes must not cancel it.
        var entry = _views.GetOrAdd(id, key => new Lazy<Task<ReleaseView?>>(() => _releases.FindAsync(key, CancellationToken.None)));
        try
        {
            return await entry.Value.WaitAsync(cancellationToken);
        }
        catch (Exception) when (entry.Value.IsFaulted)
        {
            _views.TryRemove(KeyValuePair.Create(id, entry));
            throw;
        }
    }

    public async Task<IReadOnlyList<ReleaseView>> FindAllAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(ids.Select(id => FindAsync(id, cancellationToken)));
        return [.. found.OfType<ReleaseView>()];
    }

    public void Dispose() => _subscription.Dispose();
}
