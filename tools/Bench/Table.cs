namespace ReleaseDashboard.Bench;

internal static class Table
{
    public static void Print(IReadOnlyList<Row> rows)
    {
        string[][] cells = [["what", "ours", "reference", "ratio", "target", ""], .. rows.Select(row => new[] { row.What, row.Ours, row.Reference, row.Ratio, row.Target, row.Verdict })];
        var widths = Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(line => line[column].Length)).ToArray();
        foreach (var line in cells)
            Console.WriteLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
