using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Infrastructure.Steps.Python;

/// <summary>Reads what unittest and pytest print.</summary>
internal static partial class TestOutput
{
    private const int MostLines = 40;

    /// <summary>How many tests ran, or null when the output does not say.</summary>
    public static int? Count(IReadOnlyList<string> lines)
    {
        foreach (var line in lines.Reverse())
        {
            if (UnittestTotal().Match(line) is { Success: true } total)
                return int.Parse(total.Groups["count"].Value, CultureInfo.InvariantCulture);
            if (!PytestSummary().IsMatch(line))
                continue;
            return PytestPart().Matches(line).Sum(part => int.Parse(part.Groups["count"].Value, CultureInfo.InvariantCulture));
        }
        return null;
    }

    /// <summary>The lines that say which tests failed and why; the last lines when none is recognised.</summary>
    public static IReadOnlyList<string> WhyFailed(IReadOnlyList<string> lines)
    {
        var telling = lines.Where(line => Failure().IsMatch(line)).Take(MostLines).ToList();
        return telling.Count > 0 ? telling : [.. lines.TakeLast(MostLines / 2)];
    }

    [GeneratedRegex(@"^Ran (?<count>\d+) tests? in ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnittestTotal();

    [GeneratedRegex(@"^=*\s*\d+ (?:passed|failed|error|errors|skipped)\b.* in [\d.]+s", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PytestSummary();

    [GeneratedRegex(@"(?<count>\d+) (?:passed|failed|errors?)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PytestPart();

    // unittest heads a failure with "FAIL: name"; pytest prefixes the lines of its explanation with "E".
    [GeneratedRegex(@"^(?:FAIL: |ERROR: |FAILED\b|ERROR |E   )|^(?:\w+\.)*\w*(?:Error|Exception)(?::|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Failure();
}
