using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Layers;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Images;
using ReleaseDashboard.Infrastructure.Tests.Preparation;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.TestSupport.Containers;
using Xunit;

namespace ReleaseDashboard.Infrastructure.Tests.Images;

/// <summary>Looking at images in a real registry.</summary>
public sealed class RegistryImageReaderTests
{
    private static readonly IReadOnlyList<FileLayer> Layers =
    [
        new FileLayer("FROM base", ("etc/os-release", 300), ("var/old", 50)),
        new FileLayer("RUN make # buildkit", ("app/", 0), ("app/x", 7), ("var/.wh.old", 0)),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reader_OverARealRegistry_LooksListsAndReadsFiles()
    {
        await using var world = await PreparationWorld.StartAsync();
        await using var server = await RegistryServer.StartAsync();
        using var clients = new RegistryClients(TimeProvider.System);
        var reader = new RegistryImageReader(new RegistryAccess(clients, world.Get<SecretVault>()));
        var address = new RegistryAddress("production", server.Repository("team/app"), Insecure: true);
        var project = world.Project with { Settings = world.Project.Settings with { Images = new ImageSettings { Preproduction = address, Production = address } } };
        var index = await new FileImages(clients.Open(address, null)).PutAsync(Layers, ["linux/amd64", "linux/arm/v7"], ["1.0-a", "a"], Stop);

        (await reader.TagsAsync(project, address, Stop)).Value.Select(tag => tag.Value).ShouldBe(["1.0-a", "a"]);
        var image = (await reader.LookAsync(project, address, "a", ImageTag.Parse("a"), Stop)).Value.ShouldNotBeNull();
        image.Digest.ShouldBe(index.Digest);
        (await reader.LookAsync(project, address, "b", ImageTag.Parse("1.0-a"), Stop)).Value.ShouldBe(image with { Variant = "b", Tag = "1.0-a" });
        (await reader.LookAsync(project, address, "a", ImageTag.Parse("none"), Stop)).Value.ShouldBeNull();
        (await reader.PlatformsAsync(project, ImageReference.Parse(server.Repository("team/app") + ":a"), Stop)).Value.ShouldBe([Platform.LinuxAmd64, Platform.Parse("linux/arm/v7")]);
        (await reader.PlatformsAsync(project, ImageReference.Parse(server.Repository("nobody/app") + ":a"), Stop)).Value.ShouldBeNull();

        var amd64 = image.Platforms.Single(own => own.Platform == Platform.LinuxAmd64).Digest;
        var details = (await reader.DetailsAsync(project, address, amd64, Stop)).Value;
        details.Layers.Select(layer => layer.CreatedBy).ShouldBe(["FROM base", "RUN make # buildkit"]);
        var tree = (await reader.FilesAsync(project, address, amd64, Stop)).Value;
        tree.Root.Size.ShouldBe(307);
        tree.Root.Hidden.ShouldBe(50);
        tree.Root.Children.Select(node => (node.Name, node.Kind, node.AddedBy)).ShouldBe([("app", EntryKind.Folder, 1), ("etc", EntryKind.Folder, 0), ("var", EntryKind.Folder, 0)]);
    }

    [Fact]
    public async Task Reader_RegistryThatWantsALogin_GivesTheRegistrysWordsOrUsesTheStoredOne()
    {
        await using var world = await PreparationWorld.StartAsync();
        await using var server = await RegistryServer.StartAsync(new RegistryLogin("robot", "very-secret"));
        using var clients = new RegistryClients(TimeProvider.System);
        var vault = world.Get<SecretVault>();
        var reader = new RegistryImageReader(new RegistryAccess(clients, vault));
        var address = new RegistryAddress("production", server.Repository("team/app"), Insecure: true);
        var project = world.Project with { Settings = world.Project.Settings with { Images = new ImageSettings { Preproduction = address with { Name = "preproduction" }, Production = address } } };

        (await reader.TagsAsync(project, address, Stop)).Error.ShouldNotBeNull().ShouldContain("authentication required");
        await vault.SetAsync(Core.People.Actor.System, project.Id, SecretName.ProductionRegistryUser, "robot", null, Stop);
        await vault.SetAsync(Core.People.Actor.System, project.Id, SecretName.ProductionRegistryPassword, "very-secret", null, Stop);
        (await reader.TagsAsync(project, address, Stop)).Value.ShouldBeEmpty();
    }
}
