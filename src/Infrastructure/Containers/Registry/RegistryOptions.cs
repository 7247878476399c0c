namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>How patiently registries are asked.</summary>
public sealed record RegistryOptions
{
    /// <summary>Longest wait for one answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time without a byte while a blob is on its way.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest wait for the answer that ends an upload: a registry hashes and moves the whole blob before it.</summary>
    public TimeSpan FinishTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a read is tried again after an overload, a rate limit or a broken connection. Writes are never repeated blindly.</summary>
    public int ReadRetries { get; init; } = 3;

    /// <summary>First wait before a read is repeated; it doubles.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A rate limit that asks for a longer wait is handed to the caller, who then holds no worker while waiting.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The wait before another try, or null when the error will not pass or the registry asks for too long a wait.</summary>
    internal TimeSpan? PauseBefore(int attempt, RegistryError error)
    {
        if (!error.IsPassing || attempt >= ReadRetries)
            return null;
        var pause = error.RetryAfter ?? RetryDelay * Math.Pow(2, attempt);
        return pause > LongestWait ? null : pause;
    }
}
