using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using ReleaseDashboard.Sandbox;
using ReleaseDashboard.Sandbox.Registries;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>The sandbox's registries, seen by a real Docker Engine and the <c>docker</c> client.</summary>
public sealed class SandboxRegistryTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-docker-").FullName;
    private SandboxApplication sandbox = null!;
    private DockerEngine engine = null!;

    private string Registry => sandbox.Registries.AddressOf(sandbox.Registries.Preproduction).Authority;

    public async ValueTask InitializeAsync()
    {
        sandbox = new SandboxApplication(new SandboxOptions { DataFolder = Path.Combine(folder, "data") });
        await sandbox.StartAsync(TestContext.Current.CancellationToken);
        engine = await DockerEngine.SharedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(RegistryAuthentication.Token)]
    [InlineData(RegistryAuthentication.Basic)]
    public async Task Docker_PushThenPull_BringsTheSameImageBack(RegistryAuthentication authentication)
    {
        sandbox.Registries.Preproduction.Authentication = authentication;
        var (image, id) = await ImportAsync();
        var withAccount = await ConfigureAsync("account", sandbox.Registries.Preproduction.Credentials.Token);
        // Where access tokens are used, everybody may read; basic authentication knows no "everybody" that docker could be.
        var reader = authentication == RegistryAuthentication.Token ? await ConfigureAsync("nobody", null) : withAccount;

        await DockerAsync(withAccount, "push", image);
        await DockerAsync(withAccount, "rmi", image);
        await DockerAsync(reader, "pull", image);

        (await DockerAsync(reader, "image", "inspect", "--format", "{{.Id}}", image)).Trim().ShouldBe(id);
        sandbox.Effects.Read().ShouldContain(entry => entry.Action == "tag.move" && entry.Subject == "example/app:1" && entry.Actor == "sandbox");
    }

    [Fact]
    public async Task Docker_PushWithoutAnAccount_IsRefused()
    {
        var (image, _) = await ImportAsync();
        var nobody = await ConfigureAsync("nobody", null);

        await Should.ThrowAsync<InvalidOperationException>(() => DockerAsync(nobody, "push", image));

        sandbox.Registries.Preproduction.Repositories.ShouldBeEmpty();
    }

    private async Task<(string Image, string Id)> ImportAsync()
    {
        var tar = Path.Combine(folder, "app.tar");
        await using (var file = File.Create(tar))
        await using (var writer = new TarWriter(file, TarEntryFormat.Ustar))
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(folder)); // another image for each test
            await writer.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, "app.txt") { DataStream = content }, TestContext.Current.CancellationToken);
        }

        var image = $"{Registry}/example/app:1";
        return (image, (await engine.DockerAsync("import", tar, image)).Trim());
    }

    private async Task<string> ConfigureAsync(string name, string? token)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var auths = new Dictionary<string, object>();
        if (token is not null)
            auths[Registry] = new { auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"sandbox:{token}")) };
        await File.WriteAllTextAsync(Path.Combine(path, "config.json"), JsonSerializer.Serialize(new { auths }), TestContext.Current.CancellationToken);
        return path;
    }

    private Task<string> DockerAsync(string configuration, params string[] arguments) =>
        Tool.RunAsync("docker", ["-H", engine.Host, .. arguments], new Dictionary<string, string> { ["DOCKER_CONFIG"] = configuration });
}
