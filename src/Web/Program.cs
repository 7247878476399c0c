using ReleaseDashboard.Web.CommandLine;

return await ReleaseCommandLine.RunAsync(args);
