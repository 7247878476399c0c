using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>
/// A version as an index orders it (PEP 440). The sandbox reads versions with its own code on purpose: it stands for a foreign
/// service, and would hide a fault in the product's version code if it shared it.
/// </summary>
public sealed partial class IndexVersion
{
    private readonly BigInteger epoch;
    private readonly BigInteger[] release;
    private readonly (int Kind, BigInteger Number) pre;
    private readonly BigInteger post;
    private readonly BigInteger dev;
    private readonly string[] local;

    private IndexVersion(Match match)
    {
        epoch = Number(match, "epoch", 0);
        release = [.. match.Groups["release"].Value.Split('.').Select(Parse)];
        var hasPre = match.Groups["pre"].Success;
        var hasPost = match.Groups["post"].Success;
        var hasDev = match.Groups["dev"].Success;
        IsPrerelease = hasPre || hasDev;
        post = hasPost ? Number(match, "postn", 0) : -1;
        dev = hasDev ? Number(match, "devn", 0) : BigInteger.MinusOne;
        // A development release sorts before everything else of its release; a final one after its pre-releases.
        pre = hasPre ? (Kind(match.Groups["prel"].Value), Number(match, "pren", 0)) : (hasDev && !hasPost ? -1 : 9, 0);
        local = match.Groups["local"].Success ? match.Groups["local"].Value.ToLowerInvariant().Split('.', '-', '_') : [];
    }

    /// <summary>Oldest first.</summary>
    public static IComparer<IndexVersion> Order { get; } =
        Comparer<IndexVersion>.Create((left, right) => left is null ? (right is null ? 0 : -1) : left.ComparedTo(right));

    /// <summary>Whether installers pass it over unless asked: alpha, beta, candidate or development release.</summary>
    public bool IsPrerelease { get; }

    /// <returns>Null when the text is no version.</returns>
    public static IndexVersion? TryParse(string? text) =>
        text is not null && Pattern().Match(text.Trim()) is { Success: true } match ? new IndexVersion(match) : null;

    /// <summary>Negative when this is the older one, zero when both are spellings of one version.</summary>
    public int ComparedTo(IndexVersion? other)
    {
        if (other is null)
            return 1;
        var order = epoch.CompareTo(other.epoch);
        for (var i = 0; order == 0 && i < Math.Max(release.Length, other.release.Length); i++)
            order = At(release, i).CompareTo(At(other.release, i));
        if (order == 0)
            order = pre.CompareTo(other.pre);
        if (order == 0)
            order = post.CompareTo(other.post);
        if (order == 0)
            order = dev < 0 || other.dev < 0 ? (dev < 0 ? 1 : 0) - (other.dev < 0 ? 1 : 0) : dev.CompareTo(other.dev);
        for (var i = 0; order == 0 && i < Math.Max(local.Length, other.local.Length); i++)
            order = CompareLocal(local.ElementAtOrDefault(i), other.local.ElementAtOrDefault(i));
        return order;
    }

    private static int CompareLocal(string? left, string? right)
    {
        if (left is null || right is null)
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        var leftIsNumber = left.All(char.IsAsciiDigit);
        var rightIsNumber = right.All(char.IsAsciiDigit);
        if (leftIsNumber && rightIsNumber)
            return Parse(left).CompareTo(Parse(right));
        return leftIsNumber != rightIsNumber ? (leftIsNumber ? 1 : -1) : string.CompareOrdinal(left, right);
    }

    private static BigInteger At(BigInteger[] numbers, int index) => index < numbers.Length ? numbers[index] : 0;

    private static BigInteger Parse(string digits) => BigInteger.Parse(digits, CultureInfo.InvariantCulture);

    private static BigInteger Number(Match match, string group, int absent) =>
        match.Groups[group] is { Success: true, Length: > 0 } found ? Parse(found.Value) : absent;

    private static int Kind(string word) => word.ToLowerInvariant() switch
    {
        "a" or "alpha" => 0,
        "b" or "beta" => 1,
        _ => 2,
    };

    [GeneratedRegex(
        @"\Av?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\.[0-9]+)*)"
        + @"(?<pre>[-_.]?(?<prel>alpha|beta|preview|pre|a|b|c|rc)[-_.]?(?<pren>[0-9]*))?"
        + @"(?<post>-(?<postn>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?<postn>[0-9]*))?"
        + @"(?<dev>[-_.]?dev[-_.]?(?<devn>[0-9]*))?(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
