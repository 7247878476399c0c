namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>How git is run.</summary>
public sealed record GitOptions
{
    /// <summary>The program; a name is looked up on the search path.</summary>
    public string Program { get; init; } = "git";

    /// <summary>Allows file:// remotes: for repositories on this machine only.</summary>
    public bool AllowFile { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A remote that says nothing for so long is given up.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most characters of output read for parsing (diffs and logs may be long).</summary>
    public int CaptureLimit { get; init; } = 16 * 1024 * 1024;
}
