using System.Text.Json.Nodes;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Steps.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Containers;

public sealed class BuildxLoginsTests
{
    [Fact]
    public async Task Write_TwoRegistries_IsReadByDockerOnlyAndGoneAfterwards()
    {
        string folder;
        using (var logins = await BuildxLogins.WriteAsync([new EngineLogin("docker.io", "mia", "s3cret"), new EngineLogin("registry.example:5000", "bot", "t0ken")], CancellationToken.None))
        {
            folder = logins.Folder;
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var auths = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "config.json"), CancellationToken.None))!["auths"]!.AsObject();
            auths.Select(entry => entry.Key).ShouldBe(["https://index.docker.io/v1/", "registry.example:5000"]);
            auths["registry.example:5000"]!["auth"]!.GetValue<string>().ShouldBe(Convert.ToBase64String("bot:t0ken"u8));
        }
        Directory.Exists(folder).ShouldBeFalse();
    }
}
