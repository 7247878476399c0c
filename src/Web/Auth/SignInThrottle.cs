using System.Net;

namespace ReleaseDashboard.Web.Auth;

/// <summary>
/// Slows guessing down, in three ways: for an address and a name together, for an address over all names, and for a name over
/// all addresses (a swarm that guesses one password). So that none of it locks the victim out, a browser in which the person
/// has signed in before is counted for itself alone: what others do from elsewhere, or from the same address, does not
/// concern it. Counted in this process; with several web processes each has its own count.
/// </summary>
public sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Wrong tries for one name: from one address, and in one known browser.</summary>
    public const int PerName = 5;

    public const int PerAddress = 40;

    /// <summary>Wrong tries for one name from all browsers that it is not known in.</summary>
    public const int PerNameEverywhere = 30;

    private const int MaximumKeys = 20_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _failures = [];

    /// <summary>How long to wait before another try; null when one may be made now.</summary>
    /// <param name="address">Where the try comes from.</param>
    /// <param name="name">Whose password is tried.</param>
    /// <param name="browser">Id of a browser that this person signed in with before; null for any other.</param>
    public TimeSpan? Wait(IPAddress? address, string name, Guid? browser = null)
    {
        lock (_gate)
        {
            TimeSpan? wait = null;
            foreach (var (key, limit) in Keys(address, name, browser))
            {
                if (Wait_NeedsLock(key, limit) is { } one && (wait is null || one > wait))
                    wait = one;
            }
            return wait;
        }
    }

    public void Failed(IPAddress? address, string name, Guid? browser = null)
    {
        lock (_gate)
        {
            // Made-up addresses and names must not fill the memory.
            if (_failures.Count >= MaximumKeys)
                Forget_NeedsLock();
            var keys = Keys(address, name, browser);
            // One address adds no more to a name's count than it has tries: it takes a swarm to slow a name down everywhere.
            var isSpent = Wait_NeedsLock(keys[0].Key, PerName) is not null;
            foreach (var (key, _) in isSpent ? keys[..Math.Min(2, keys.Length)] : keys)
                Note_NeedsLock(key);
        }
    }

    /// <summary>Forgets what this browser or address got wrong before it got it right.</summary>
    public void Succeeded(IPAddress? address, string name, Guid? browser = null)
    {
        lock (_gate)
            _failures.Remove(Keys(address, name, browser)[0].Key);
    }

    private static (string Key, int Limit)[] Keys(IPAddress? address, string name, Guid? browser)
    {
        var person = (name.Length > 64 ? name[..64] : name).ToUpperInvariant();
        return browser is { } known
            ? [($"browser {known:N} {person}", PerName)]
            : [($"both {address} {person}", PerName), ($"address {address}", PerAddress), ($"name {person}", PerNameEverywhere)];
    }

    private TimeSpan? Wait_NeedsLock(string key, int limit)
    {
        if (!_failures.TryGetValue(key, out var failures))
            return null;
        var now = time.GetUtcNow();
        while (failures.TryPeek(out var oldest) && oldest + Window <= now)
            failures.Dequeue();
        return failures.Count < limit ? null : failures.Peek() + Window - now;
    }

    private void Note_NeedsLock(string key)
    {
        if (!_failures.TryGetValue(key, out var failures))
            _failures[key] = failures = new Queue<DateTimeOffset>();
        failures.Enqueue(time.GetUtcNow());
    }

    private void Forget_NeedsLock()
    {
        var limit = time.GetUtcNow() - Window;
        foreach (var key in _failures.Where(pair => pair.Value.All(at => at <= limit)).Select(pair => pair.Key).ToList())
            _failures.Remove(key);
        if (_failures.Count >= MaximumKeys)
            _failures.Clear();
    }
}
