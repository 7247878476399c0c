using Microsoft.AspNetCore.DataProtection;
using ReleaseDashboard.Infrastructure;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.Infrastructure.Packs;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Projects;

namespace ReleaseDashboard.Web.Configuration;

public static class DashboardServices
{
    /// <summary>What the server and the command line share: everything below the web, keys, people, projects and audit.</summary>
    /// <exception cref="ConfigurationException">Nothing can be written into the data folder.</exception>
    public static IServiceCollection AddDashboardCore(this IServiceCollection services, DashboardOptions options, bool isWorker)
    {
        services.AddSingleton(options);
        services.AddReleaseDashboard(options.ToInfrastructure(isWorker));
        services.AddPeople(options.IsSandbox);
        services.AddProjects(allowFile: options.IsSandbox);
        services.AddAudit(options.Audit, makesCheckpoints: isWorker);
        services.AddEvidence();
        MakeKeyFolder(options);
        services.AddDataProtection().SetApplicationName("ReleaseDashboard").PersistKeysToFileSystem(new DirectoryInfo(options.KeyFolder));
        return services;
    }

    // The first thing written. In a container it fails when a folder of the host is mounted that belongs to somebody else.
    private static void MakeKeyFolder(DashboardOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.KeyFolder);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(options.KeyFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new ConfigurationException([$"Data is '{options.DataFolder}', where the user {Environment.UserName} cannot write: {exception.Message}"]);
        }
    }
}
