using System.Numerics;

namespace ReleaseDashboard.Core.Versions;

/// <summary>PEP 440's order: development release, alpha, beta, candidate, final, post-release; null is before all.</summary>
internal static class PythonVersionOrder
{
    public static int Compare(PythonVersion? left, PythonVersion? right)
    {
        if (left is null || right is null)
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        var order = left.Epoch.CompareTo(right.Epoch);
        order = order != 0 ? order : CompareReleases(left.Release, right.Release);
        order = order != 0 ? order : ComparePre(left, right);
        // Without a post-release comes before post0; without a dev number comes after every dev number.
        order = order != 0 ? order : Nullable.Compare(left.Post, right.Post);
        order = order != 0 ? order : CompareDev(left.Dev, right.Dev);
        return order != 0 ? order : CompareLocal(left.Local, right.Local);
    }

    public static int Hash(PythonVersion version)
    {
        var hash = new HashCode();
        hash.Add(version.Epoch);
        foreach (var number in WithoutTrailingZeros(version.Release))
            hash.Add(number);
        hash.Add(version.Pre);
        hash.Add(version.Post);
        hash.Add(version.Dev);
        foreach (var segment in version.Local)
            hash.Add(segment);
        return hash.ToHashCode();
    }

    private static int CompareReleases(IReadOnlyList<BigInteger> left, IReadOnlyList<BigInteger> right)
    {
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            var order = At(left, i).CompareTo(At(right, i));
            if (order != 0)
                return order;
        }
        return 0;

        static BigInteger At(IReadOnlyList<BigInteger> numbers, int index) => index < numbers.Count ? numbers[index] : BigInteger.Zero;
    }

    private static int ComparePre(PythonVersion left, PythonVersion right)
    {
        var order = Rank(left).CompareTo(Rank(right));
        return order != 0 || left.Pre is null || right.Pre is null ? order : left.Pre.Number.CompareTo(right.Pre.Number);

        // 1.0.dev1 comes before 1.0a1; 1.0.post1.dev1 belongs after 1.0.
        static int Rank(PythonVersion version) => version switch
        {
            { Pre: { } pre } => (int)pre.Stage,
            { Post: null, Dev: not null } => -1,
            _ => int.MaxValue,
        };
    }

    private static int CompareDev(BigInteger? left, BigInteger? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        ({ } a, { } b) => a.CompareTo(b),
    };

    private static int CompareLocal(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            var order = CompareSegments(left[i], right[i]);
            if (order != 0)
                return order;
        }
        return left.Count.CompareTo(right.Count);
    }

    // Numbers are later than words.
    private static int CompareSegments(string left, string right) => (IsNumber(left), IsNumber(right)) switch
    {
        (true, true) => BigInteger.Parse(left).CompareTo(BigInteger.Parse(right)),
        (true, false) => 1,
        (false, true) => -1,
        _ => string.CompareOrdinal(left, right),
    };

    private static bool IsNumber(string segment) => segment.All(char.IsAsciiDigit);

    private static IEnumerable<BigInteger> WithoutTrailingZeros(IReadOnlyList<BigInteger> release)
    {
        var length = release.Count;
        while (length > 0 && release[length - 1].IsZero)
            length--;
        return release.Take(length);
    }
}
