using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.CommandLine;

/// <summary>What a person reads after the start: where it is, and how to get in.</summary>
internal static class StartBanner
{
    public static void Write(TextWriter output, ReleaseWebApplication application)
    {
        var options = application.Services.GetRequiredService<DashboardOptions>();
        output.WriteLine();
        output.WriteLine($"  ReleaseDashboard   {application.Address}");
        output.WriteLine($"  Data               {Path.GetFullPath(options.DataFolder)}");
        if (options.IsSandbox)
        {
            output.WriteLine("  Sandbox            simulated GitHub, package indexes and image registries; nothing leaves this machine");
            output.WriteLine("  Sign in            one click as Maintainer (starts releases), Reviewer (approves) or Lead (reads, manages)");
        }
        output.WriteLine("  Stop               Ctrl-C; what runs goes on where it was at the next start");
        output.WriteLine();
        output.Flush();
    }
}
