namespace ReleaseDashboard.Bench;

/// <summary>Where the programs that are measured were published.</summary>
internal static class Builds
{
    public static string Root { get; } = FindRoot();

    public static string Web => Program("src/Web", "ReleaseDashboard.Web.dll");

    public static string BlankBlazor => Program("tools/BlankBlazor", "ReleaseDashboard.BlankBlazor.dll");

    private static string Program(string project, string name)
    {
        var path = Path.Combine(Root, project, "bin", "app", name);
        return File.Exists(path) ? path : throw new FileNotFoundException("Build it first: ./bench does.", path);
    }

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ReleaseDashboard.sln")))
            at = at.Parent ?? throw new InvalidOperationException("This program is not inside the repository.");
        return at.FullName;
    }
}
