using Microsoft.AspNetCore.DataProtection;
using ReleaseDashboard.Infrastructure;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Projects;

namespace ReleaseDashboard.Web.Configuration;

public static class DashboardServices
{
    /// <summary>What the server and the command line share: everything below the web, keys, people, projects and audit.</summary>
    public static IServiceCollection AddDashboardCore(this IServiceCollection services, DashboardOptions options, bool isWorker)
    {
        services.AddSingleton(options);
        services.AddReleaseDashboard(options.ToInfrastructure(isWorker));
        services.AddPeople(options.IsSandbox);
        services.AddProjects(allowFile: options.IsSandbox);
        services.AddAudit();
        Directory.CreateDirectory(options.KeyFolder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(options.KeyFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        services.AddDataProtection().SetApplicationName("ReleaseDashboard").PersistKeysToFileSystem(new DirectoryInfo(options.KeyFolder));
        return services;
    }
}
