using System.CommandLine;

namespace ReleaseDashboard.Web.CommandLine;

/// <summary>The same sources as the server's, in the same order: file, environment, command line.</summary>
internal static class CommandConfiguration
{
    public static IConfigurationRoot Read(ParseResult parse) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine([.. GlobalOptions.ToArguments(parse)])
        .Build();
}
