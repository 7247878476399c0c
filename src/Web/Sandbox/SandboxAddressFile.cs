namespace ReleaseDashboard.Web.Sandbox;

/// <summary>Where the sandbox of a data folder answers while it runs, for the command line: its port may be any.</summary>
internal static class SandboxAddressFile
{
    private static string PathIn(string dataFolder) => Path.Combine(dataFolder, "sandbox", "address");

    public static void Write(string dataFolder, Uri address) => File.WriteAllText(PathIn(dataFolder), address.AbsoluteUri);

    /// <summary>The last address, or null. Whether anybody still answers there is not known.</summary>
    public static Uri? Read(string dataFolder) =>
        File.Exists(PathIn(dataFolder)) && Uri.TryCreate(File.ReadAllText(PathIn(dataFolder)), UriKind.Absolute, out var address) ? address : null;
}
