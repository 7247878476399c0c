using System.Buffers;
using System.Text;

namespace ReleaseDashboard.Core.Exporting;

/// <summary>
/// One line of comma-separated values (RFC 4180) of which no spreadsheet computes anything: names, versions and comments come from
/// outside. An apostrophe stands before what would be taken for a formula.
/// </summary>
public static class CsvLine
{
    // What a spreadsheet would compute instead of show, in both widths.
    private static readonly SearchValues<char> Formulas = SearchValues.Create("=+-@＝＋－＠");

    // Where programs begin a cell: some countries separate by semicolons, and then quotation marks within a line do not hold it together.
    private static readonly SearchValues<char> Separators = SearchValues.Create(";\t\r\n");

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\";\t\r\n");

    /// <summary>The line with its line end.</summary>
    public static string Of(params IEnumerable<string?> cells) => string.Join(',', cells.Select(cell => Cell(cell ?? ""))) + "\r\n";

    private static string Cell(string text)
    {
        var safe = Safe(text);
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Safe(string text)
    {
        if (!text.AsSpan().ContainsAny(Formulas))
            return text;
        var safe = new StringBuilder(text.Length + 1);
        for (var at = 0; at < text.Length; at++)
        {
            if ((at == 0 || Separators.Contains(text[at - 1])) && BeginsFormula(text.AsSpan(at)))
                safe.Append('\'');
            safe.Append(text[at]);
        }
        return safe.ToString();
    }

    // Programs also look behind blanks, tabs and line ends.
    private static bool BeginsFormula(ReadOnlySpan<char> rest)
    {
        var first = rest.TrimStart();
        return first.Length > 0 && Formulas.Contains(first[0]);
    }
}
