namespace ReleaseDashboard.Infrastructure.Audit.Exporting;

/// <summary>
/// One line of comma-separated values (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe
/// before it: names, versions and comments come from outside.
/// </summary>
public static class CsvLine
{
    private const string Formulas = "=+-@\t\r\n";
    private const string Quoted = ",\"\r\n;";

    /// <summary>The line with its line end.</summary>
    public static string Of(IEnumerable<string?> cells) => string.Join(',', cells.Select(cell => Cell(cell ?? ""))) + "\r\n";

    private static string Cell(string text)
    {
        var safe = text.Length > 0 && Formulas.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        // Spreadsheets of some countries separate by semicolons.
        return safe.AsSpan().IndexOfAny(Quoted) >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
