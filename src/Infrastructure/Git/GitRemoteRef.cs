using ReleaseDashboard.Core.Git;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>A reference on a remote.</summary>
/// <param name="Sha">What the reference holds: for an annotated tag the tag object.</param>
/// <param name="Peeled">For an annotated tag the commit it points to.</param>
public sealed record GitRemoteRef(RefName Name, CommitSha Sha, CommitSha? Peeled)
{
    public CommitSha Commit => Peeled ?? Sha;

    internal static IReadOnlyList<GitRemoteRef> Parse(string text)
    {
        const string peeledSuffix = "^{}";
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', 2)).ToArray();
        var peeled = lines
            .Where(line => line[1].EndsWith(peeledSuffix, StringComparison.Ordinal))
            .ToDictionary(line => line[1][..^peeledSuffix.Length], line => CommitSha.Parse(line[0]), StringComparer.Ordinal);
        // HEAD, and names that this program would refuse to write, are left out.
        return
        [
            .. lines
                .Where(line => !line[1].EndsWith(peeledSuffix, StringComparison.Ordinal))
                .Select(line => RefName.TryParse(line[1], out var name, out _)
                    ? new GitRemoteRef(name, CommitSha.Parse(line[0]), peeled.GetValueOrDefault(line[1]))
                    : null)
                .OfType<GitRemoteRef>(),
        ];
    }
}
