using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>Push and pull between a real engine and a real registry, looked at with skopeo.</summary>
public sealed class EngineRegistryTests : EngineTest
{
    private static readonly ImageTag Tag = ImageTag.Parse("1.2.0-debian");

    private static Task<string> DigestAsync(RegistryServer registry, string image) => Tool.RunAsync(
        "skopeo",
        [
            "inspect", "--tls-verify=false", .. registry.Login is { } login ? new[] { "--creds", $"{login.User}:{login.Password}" } : [],
            "--format", "{{.Digest}}", $"docker://{image}",
        ]);

    [Fact]
    public async Task Push_ThenPullByDigest_MovesTheSameImage()
    {
        await using var registry = await RegistryServer.StartAsync();
        var repository = ImageRepository.Parse(registry.Repository("team/app"));
        var image = await ImageAsync(ProgramAct.Print($"pushed {Name}"));
        Ok(await Client.TagAsync(image.Id, repository, Tag, Stop));
        var pushed = Ok(await Client.PushAsync(repository, Tag, null, Write, Stop));
        (await DigestAsync(registry, $"{repository}:{Tag}")).Trim().ShouldBe(pushed.Digest.Value);
        pushed.Tag.ShouldBe(Tag.Value);
        Log.ShouldContain(line => line.EndsWith(": Pushed", StringComparison.Ordinal));
        Ok(await Client.InspectAsync(image.Id, Stop))!.RepoDigests!.ShouldContain($"{repository}@{pushed.Digest}");

        Ok(await Client.RemoveImageAsync(image.Id, force: true, Stop));
        Ok(await Client.PullAsync(new ImageReference(repository, null, pushed.Digest), Platform.LinuxAmd64, null, Write, Stop));
        Ok(await Client.InspectAsync($"{repository}@{pushed.Digest}", Stop))!.Id.ShouldBe(image.Id);
    }

    [Fact]
    public async Task Push_WithLogin_IsAcceptedAndTheSecretIsNotLogged()
    {
        await using var registry = await RegistryServer.StartAsync(new RegistryLogin("ana", "s3cret-of-the-registry"));
        var repository = ImageRepository.Parse(registry.Repository("team/app"));
        var image = await ImageAsync(ProgramAct.Print($"login {Name}"));
        Ok(await Client.TagAsync(image.Id, repository, Tag, Stop));
        var login = new EngineLogin(registry.Host, "ana", "s3cret-of-the-registry");
        var pushed = Ok(await Client.PushAsync(repository, Tag, login, Write, Stop));
        (await DigestAsync(registry, $"{repository}:{Tag}")).Trim().ShouldBe(pushed.Digest.Value);
        string.Join('\n', Log).ShouldNotContain("s3cret");
        login.ToString().ShouldNotContain("s3cret");

        Failed(await Client.PushAsync(repository, Tag, null, Write, Stop), EngineFailure.AuthenticationFailed).Message.ShouldContain("no basic auth credentials");
        Failed(await Client.PushAsync(repository, Tag, login with { Password = "wrong" }, Write, Stop), EngineFailure.AuthenticationFailed);
        Failed(await Client.PullAsync(new ImageReference(repository, Tag), null, null, Write, Stop), EngineFailure.AuthenticationFailed);
    }

    [Fact]
    public async Task Pull_UnknownTag_IsNotFound()
    {
        await using var registry = await RegistryServer.StartAsync();
        Failed(await Client.PullAsync(ImageReference.Parse(registry.Repository("team/none:1")), null, null, Write, Stop), EngineFailure.NotFound)
            .Message.ShouldContain("manifest unknown");
    }
}
