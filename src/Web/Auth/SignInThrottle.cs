using System.Net;

namespace ReleaseDashboard.Web.Auth;

/// <summary>
/// Slows guessing down. Counted for each address and name together: whoever guesses a person's password from elsewhere
/// does not lock that person out. Each address has a wider limit over all names.
/// </summary>
public sealed class SignInThrottle(TimeProvider time)
{
    public const int PerName = 5;
    public const int PerAddress = 40;
    private const int MaximumKeys = 20_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _failures = [];

    /// <summary>How long to wait before another try; null when one may be made now.</summary>
    public TimeSpan? Wait(IPAddress? address, string name)
    {
        lock (_gate)
            return Longest(Wait_NeedsLock(Key(address, name), PerName), Wait_NeedsLock(Key(address, null), PerAddress));
    }

    public void Failed(IPAddress? address, string name)
    {
        lock (_gate)
        {
            // Made-up addresses and names must not fill the memory.
            if (_failures.Count >= MaximumKeys)
                Forget_NeedsLock();
            Note_NeedsLock(Key(address, name));
            Note_NeedsLock(Key(address, null));
        }
    }

    public void Succeeded(IPAddress? address, string name)
    {
        lock (_gate)
            _failures.Remove(Key(address, name));
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

    private static TimeSpan? Longest(TimeSpan? one, TimeSpan? other) => one is null || other > one ? other : one;

    private static string Key(IPAddress? address, string? name) =>
        name is null ? $"{address}" : $"{address} {(name.Length > 64 ? name[..64] : name).ToUpperInvariant()}";
}
