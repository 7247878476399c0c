namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>Author and committer of a commit or tag, with its time: the same content then gives the same SHA on every try.</summary>
public sealed record GitPerson(string Name, string Email, DateTimeOffset When)
{
    internal IReadOnlyDictionary<string, string> Environment
    {
        get
        {
            var zone = $"{(When.Offset < TimeSpan.Zero ? '-' : '+')}{When.Offset:hhmm}";
            var date = $"@{When.ToUnixTimeSeconds()} {zone}";
            return new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["GIT_AUTHOR_NAME"] = Name,
                ["GIT_AUTHOR_EMAIL"] = Email,
                ["GIT_AUTHOR_DATE"] = date,
                ["GIT_COMMITTER_NAME"] = Name,
                ["GIT_COMMITTER_EMAIL"] = Email,
                ["GIT_COMMITTER_DATE"] = date,
            };
        }
    }
}
