namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>Which GitHub, as whom, and how patiently.</summary>
public sealed record GitHubOptions
{
    /// <summary>With a slash at the end: <c>https://api.github.com/</c> or <c>http://127.0.0.1:PORT/api/v3/</c>.</summary>
    public Uri BaseAddress { get; init; } = new("https://api.github.com/");

    /// <summary>Null for what is public.</summary>
    public string? Token { get; init; }

    /// <summary>Least time between two writes; by default 1 s as GitHub asks, and none on this machine.</summary>
    public TimeSpan? WriteSpacing { get; init; }

    /// <summary>Longest wait for one answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time for one upload.</summary>
    public TimeSpan UploadTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often a read is tried again after an overload, a rate limit or a broken connection. Writes are never repeated.</summary>
    public int ReadRetries { get; init; } = 3;

    /// <summary>First wait before a read is repeated; it doubles.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A rate limit that asks for a longer wait is handed to the caller, who then holds no worker while waiting.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(20);

    internal TimeSpan Spacing => WriteSpacing ?? (BaseAddress.IsLoopback ? TimeSpan.Zero : TimeSpan.FromSeconds(1));

    // The generated text would print the token.
    public override string ToString() => $"GitHub at {BaseAddress}";
}
