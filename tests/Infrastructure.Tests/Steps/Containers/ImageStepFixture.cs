using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Steps.Containers;
using ReleaseDashboard.Infrastructure.Steps.People;
using ReleaseDashboard.Infrastructure.Tests.Git;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Containers;

/// <summary>
/// A release of three image variants, one built on another, for two platforms each; a real engine and two real registries.
/// </summary>
public abstract class ImageStepFixture : StepFixture, IAsyncLifetime
{
    protected static readonly Platform Arm = Emulation.LinuxArm64;

    private readonly RegistryClients clients = new(TimeProvider.System);

    protected RegistryServer Preproduction { get; private set; } = null!;

    protected RegistryServer Production { get; private set; } = null!;

    protected DockerEngine Docker { get; private set; } = null!;

    protected EngineClient Engine { get; private set; } = null!;

    protected CommitSha Commit { get; private set; } = null!;

    internal ImagesBuildStep Build => new(Workspaces, Engine, new ImageBuilders(Engine, Docker.Options, Programs));

    internal ImagesPushStep Push => new(Engine, clients);

    internal ImagesSmokeStep Smoke => new(Workspaces, Engine, TimeProvider.System);

    internal ImagesCleanStep Clean => new(Engine, clients);

    internal ImagesPromoteStep Promote => new(clients, TimeProvider.System);

    protected ImageSettings Images => Release.Settings.Images!;

    public new async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Docker = await DockerEngine.SharedAsync();
        Engine = new EngineClient(Docker.Options, TimeProvider.System);
        Preproduction = await RegistryServer.StartAsync(new RegistryLogin("pre", "secret-of-preproduction"));
        Production = await RegistryServer.StartAsync();
        Release.ReleaseId = Guid.CreateVersion7();
        Release.Secrets[SecretName.PreproductionRegistryUser] = "pre";
        Release.Secrets[SecretName.PreproductionRegistryPassword] = "secret-of-preproduction";
        Release.Settings = Release.Settings with
        {
            Images = new ImageSettings
            {
                Preproduction = new RegistryAddress("preproduction", Preproduction.Repository("team/app"), Insecure: true),
                Production = new RegistryAddress("production", Production.Repository("team/app"), Insecure: true),
                Tags = new TagStrategy { Latest = "debian" },
                Variants =
                [
                    Variant("debian", "docker/debian.Dockerfile"),
                    Variant("signal-debian", "docker/signal-debian.Dockerfile"),
                    Variant("alpine", "docker/alpine.Dockerfile"),
                ],
            },
        };
        await PushBaseAsync();
        Put(Other.Path, "docker/debian.Dockerfile", $$"""
            # escape=\
            ARG ROOT={{Preproduction.Repository("base/linux")}}:1
            FROM ${ROOT} as base
            ARG TARGETARCH
            COPY bin/${TARGETARCH}/debian \
                 /app
            ENTRYPOINT ["/app"]
            """);
        Put(Other.Path, "docker/signal-debian.Dockerfile", $"""
            ARG BASE={Preproduction.Repository("team/app")}
            FROM $BASE:debian
            COPY README.md /signal
            """);
        Put(Other.Path, "docker/alpine.Dockerfile", $$"""
            FROM {{Preproduction.Repository("base/linux")}}:1 AS files
            ARG TARGETARCH
            COPY bin/${TARGETARCH}/alpine /app
            FROM scratch
            COPY --from=files /app /app
            ENTRYPOINT ["/app"]
            """);
        Put(Other.Path, ".dockerignore", "docker\n.git\n");
        Put(Other.Path, "sample/config.yml", "backend: console\n");
        PutPrograms("debian", ProgramAct.Print("debian app 1.2.0\n"), ProgramAct.Show("/etc/sample/config.yml"));
        PutPrograms("alpine", ProgramAct.Print("alpine app 1.2.0\n"));
        await PushedAsync();
    }

    public new async ValueTask DisposeAsync()
    {
        clients.Dispose();
        Engine.Dispose();
        await Preproduction.DisposeAsync();
        await Production.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Commits and pushes what was put into the other clone, and brings the workspace to it.</summary>
    protected async Task PushedAsync()
    {
        var before = await Other.ResolveAsync(Revision.Head, Stop).OkAsync();
        Commit = await Other.CommitAsync("Images", Person, [], Stop).OkAsync();
        await Other.PushAsync([new GitPush(Commit, Dev.Ref, before)], Stop).OkAsync();
        await UpdatedAsync();
    }

    /// <summary>A base image for both platforms, as public ones are: an index in a registry.</summary>
    private async Task PushBaseAsync()
    {
        var repository = ImageRepository.Parse(Preproduction.Repository("base/linux"));
        var registry = clients.Open(repository, insecure: true, new RegistryCredential("pre", "secret-of-preproduction"));
        var login = new EngineLogin(Preproduction.Host, "pre", "secret-of-preproduction");
        Directory.CreateDirectory(Folder.At("base"));
        var parts = new List<(Platform, RegistryManifest)>();
        foreach (var platform in new[] { Platform.LinuxAmd64, Arm })
        {
            await File.WriteAllTextAsync(Folder.At("base", "base"), $"{platform} {Release.ReleaseId}", Stop);
            var tag = ImageTag.Parse(platform.Architecture);
            var context = BuildContext.Of(Folder.At("base"), "FROM scratch\nCOPY base /base\n", Release.StartedAt).Value;
            var built = await Engine.BuildAsync(new BuildRequest { Context = context, Platform = platform, Tags = [$"{repository}:{tag}"] }, _ => { }, Stop);
            built.IsOk.ShouldBeTrue(built.Error?.ToString());
            var pushed = await Engine.PushAsync(repository, tag, login, _ => { }, Stop);
            parts.Add((platform, (await registry.ManifestAsync(pushed.Value.Digest, Stop)).Value!));
        }
        (await registry.TagAsync(ImageIndexes.Of(parts), ImageTag.Parse("1"), Stop)).ShouldBeNull();
    }

    /// <summary>Only some of the variants, changed.</summary>
    protected void Narrow(params ImageVariant[] variants) =>
        Release.Settings = Release.Settings with { Images = Images with { Variants = variants, Tags = new TagStrategy() } };

    protected void PutPrograms(string name, params ProgramAct[] acts)
    {
        foreach (var platform in new[] { Platform.LinuxAmd64, Arm })
        {
            var path = Path.Combine(Other.Path, "bin", platform.Architecture, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, TinyProgram.For(platform, acts));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        }
    }

    protected StepContext ToBuild(string builder = "engine") =>
        Release.Build("images.build", ("commit", Commit.Value), ("cache", true), ("pull", true), ("builder", builder));

    protected StepContext PushContext(Evidence built) => Release.Build("images.push", ("built", built["built"]!), ("commit", Commit.Value));

    protected StepContext SmokeContext(Evidence pushed, bool all = false) => Release.Build(
        "images.smoke", ("registry", "preproduction"), ("inventory", pushed["inventory"]!), ("commit", Commit.Value), ("all_platforms", all));

    protected StepContext PromoteContext(string inventory) => Release.Build("images.promote", ("inventory", inventory));

    protected async Task<Evidence> BuiltAsync()
    {
        var built = await DoneAsync(Build, ToBuild());
        Release.Proved("images", built);
        return built;
    }

    protected async Task<Evidence> PushedImagesAsync() => await DoneAsync(Push, PushContext(await BuiltAsync()));

    /// <summary>As the approval step hands it on.</summary>
    protected void Approved(string inventory)
    {
        var subject = ApprovalStep.Subject(Release.Build("approval", ("inventory", inventory)));
        Release.Proved("approve", subject.With(
            new EvidenceItem(ApprovalStep.ApprovedDigest, EvidenceKind.Sha256, subject.Digest), new EvidenceItem(ApprovalStep.ApprovedBy, EvidenceKind.Text, "ben")));
    }

    protected Task<string> SkopeoAsync(RegistryServer registry, string tag, params string[] more) => Tool.RunAsync(
        "skopeo",
        [
            "inspect", "--tls-verify=false", .. registry.Login is { } login ? new[] { "--creds", $"{login.User}:{login.Password}" } : [], .. more,
            $"docker://{registry.Repository("team/app")}:{tag}",
        ]);

    protected async Task<string> DigestAsync(RegistryServer registry, string tag) => (await SkopeoAsync(registry, tag, "--format", "{{.Digest}}")).Trim();

    protected static ImageInventory Inventory(Evidence evidence) =>
        ImageInventory.TryParse(evidence["inventory"], out var inventory) ? inventory : throw new InvalidOperationException("There is no inventory.");

    private static ImageVariant Variant(string name, string file) => new()
    {
        Name = name, Dockerfile = file, Platforms = ["linux/arm64", "linux/amd64"], SmokeCommand = ["--version"], SmokeFolder = "sample",
    };
}
