using ReleaseDashboard.Web;

await using var application = ReleaseWebApplication.Build(new ReleaseWebOptions { Arguments = args });
await application.RunAsync();
