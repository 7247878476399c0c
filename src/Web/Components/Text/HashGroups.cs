namespace ReleaseDashboard.Web.Components.Text;

public static class HashGroups
{
    /// <summary>
    /// A hash in groups of four, so that eyes can compare it. With <paramref name="keep"/> groups at each end
    /// the middle becomes an ellipsis; a hash too short to gain from that stays whole.
    /// </summary>
    public static string Of(string hash, int? keep = null)
    {
        var groups = hash.Chunk(4).Select(chunk => new string(chunk)).ToList();
        if (keep is not { } ends || groups.Count <= (2 * ends) + 1)
            return string.Join(' ', groups);
        return string.Join(' ', groups.Take(ends)) + " … " + string.Join(' ', groups.TakeLast(ends));
    }
}
