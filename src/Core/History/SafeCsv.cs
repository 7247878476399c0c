namespace ReleaseDashboard.Core.History;

/// <summary>Lines of comma-separated values (RFC 4180) that no spreadsheet takes for formulas.</summary>
public static class SafeCsv
{
    // What a spreadsheet would compute instead of show, tabs and line ends that it skips included.
    private const string Dangerous = "=+-@\t\r\n＝＋－＠";

    public static string Line(params IEnumerable<string?> fields) => string.Join(',', fields.Select(Field));

    public static string Field(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        // Programs also look behind leading blanks.
        var first = value.TrimStart(' ');
        var safe = first.Length > 0 && Dangerous.Contains(first[0], StringComparison.Ordinal) ? "'" + value : value;
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
