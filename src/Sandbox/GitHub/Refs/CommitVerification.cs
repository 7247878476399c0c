namespace ReleaseDashboard.Sandbox.GitHub.Refs;

/// <summary>What GitHub says of an unsigned object.</summary>
internal static class CommitVerification
{
    public static object Unsigned { get; } = new
    {
        verified = false,
        reason = "unsigned",
        signature = (string?)null,
        payload = (string?)null,
        verified_at = (string?)null,
    };
}
