namespace ReleaseDashboard.Web.Auth;

/// <summary>Where to go after signing in: only to a page of this server.</summary>
public static class ReturnUrls
{
    /// <summary>The address when it is a path here, else the home page.</summary>
    public static string Safe(string? address) => IsLocal(address) ? address! : "/";

    // Browsers read "//host" and "/\host" as another server, and drop tabs and line ends before they look.
    private static bool IsLocal(string? address) =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) && address.Length <= 2000
        && !address.StartsWith("/sign-", StringComparison.OrdinalIgnoreCase);
}
