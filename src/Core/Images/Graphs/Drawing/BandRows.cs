namespace ReleaseDashboard.Core.Images.Graphs.Drawing;

/// <summary>Gives the lanes of one area their heights, so that lines are short and cross little.</summary>
internal static class BandRows
{
    private const int Sweeps = 6;
    private const double Space = 20;

    /// <summary>The height that the fullest column needs.</summary>
    public static double Height(IEnumerable<Lane> lanes) =>
        lanes.GroupBy(lane => lane.Column).Select(column => column.Sum(lane => lane.Height) + ((column.Count() - 1) * Space)).DefaultIfEmpty(0).Max();

    /// <summary>Places the lanes between two heights: columns are swept to and fro, each lane drawn towards its neighbours.</summary>
    public static void Place(IReadOnlyList<Lane> lanes, double top, double height)
    {
        var columns = lanes.GroupBy(lane => lane.Column).OrderBy(column => column.Key).Select(column => column.ToList()).ToList();
        foreach (var column in columns)
            Pack(column, top, height, spread: true);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var forth = sweep % 2 == 0;
            foreach (var column in forth ? columns : Enumerable.Reverse(columns))
            {
                foreach (var lane in column)
                    lane.Y = Wanted(lane, forth);
                column.Sort((one, other) => one.Y.CompareTo(other.Y));
                Pack(column, top, height, spread: false);
            }
        }
    }

    private static double Wanted(Lane lane, bool forth)
    {
        var near = forth ? lane.Before : lane.After;
        near = near.Count > 0 ? near : forth ? lane.After : lane.Before;
        return near.Count == 0 ? lane.Y : near.Average(other => other.Y);
    }

    /// <summary>Keeps the order and takes lanes apart that are too close, inside the area.</summary>
    public static void Pack(IReadOnlyList<Lane> column, double top, double height, bool spread)
    {
        var floor = top;
        var used = column.Sum(lane => lane.Height) + ((column.Count - 1) * Space);
        foreach (var lane in column)
        {
            var least = floor + (lane.Height / 2);
            lane.Y = spread ? least + (floor == top ? Math.Max(0, (height - used) / 2) : 0) : Math.Max(lane.Y, least);
            floor = lane.Y + (lane.Height / 2) + Space;
        }
        var ceiling = top + height;
        foreach (var lane in column.Reverse())
        {
            lane.Y = Math.Min(lane.Y, ceiling - (lane.Height / 2));
            ceiling = lane.Y - (lane.Height / 2) - Space;
        }
    }
}
