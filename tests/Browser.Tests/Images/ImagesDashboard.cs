using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Browser.Tests.Images;

/// <summary>
/// A project with three images in two real registries: 3.3.2 differs on one platform, misses two, and one is impossible; a second project
/// whose registry does not answer.
/// </summary>
public sealed class ImagesDashboard : IAsyncLifetime
{
    private RegistryServer? _preproduction;
    private RegistryServer? _production;
    private SourceFolder? _source;

    public RunningDashboard Dashboard { get; private set; } = default!;

    public async ValueTask InitializeAsync()
    {
        _preproduction = await RegistryServer.StartAsync();
        _production = await RegistryServer.StartAsync();
        _source = new SourceFolder(_production.Host);
        Dashboard = await RunningDashboard.StartAsync(isWorker: false, allowFile: true);
        await FillAsync(TestContext.Current.CancellationToken);
        var settings = new ImageSettings
        {
            Preproduction = new RegistryAddress("preproduction", _preproduction.Repository("team/hello"), Insecure: true),
            Production = new RegistryAddress("production", _production.Repository("team/hello"), Insecure: true),
            Variants =
            [
                Variant("debian", "linux/amd64", "linux/arm64", "linux/arm/v7", "linux/386"),
                Variant("signal-debian", "linux/amd64", "linux/arm64", "linux/386"),
                Variant("alpine", "linux/amd64", "linux/arm64", "linux/arm/v7", "linux/386"),
            ],
            Tags = new TagStrategy { Latest = "debian" },
            Notes = [new PlatformNote("linux/arm/*", "signal-debian", "libzkgroup does not build for it."), new PlatformNote("linux/s390x", "*", "No python image.")],
        };
        await CreateAsync("hello-images", settings);
        await CreateAsync("silent-images", settings with { Production = settings.Production with { Repository = "127.0.0.1:9/team/hello" } });
    }

    public async ValueTask DisposeAsync()
    {
        await Dashboard.DisposeAsync();
        _source?.Dispose();
        foreach (var registry in new[] { _preproduction, _production }.OfType<RegistryServer>())
            await registry.DisposeAsync();
    }

    private static ImageVariant Variant(string name, params string[] platforms) => new() { Name = name, Dockerfile = $"{name}.Dockerfile", Platforms = platforms };

    private async Task CreateAsync(string name, ImageSettings images)
    {
        var settings = new ProjectSettings
        {
            GitUrl = _source!.Url, WebUrl = "https://github.com/example/hello-images", Package = "hello", VersionFile = "hello/version.py", Images = images,
        };
        (await Dashboard.Get<CreateProject>().RunAsync(RunningDashboard.Maintainer, name, "example/hello-images", isSandbox: true, settings, CancellationToken.None)).Error?.Message.ShouldBeNull();
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        using var clients = new RegistryClients(TimeProvider.System);
        FileImages In(RegistryServer server, string path) => new(clients.Open(ImageRepository.Parse(server.Repository(path)), insecure: true, credential: null));
        string[] all = ["linux/amd64", "linux/arm64", "linux/arm/v7", "linux/386"];
        foreach (var (name, tag) in new[] { ("python", "3.12"), ("python", "3.12-slim"), ("python", "3.12-alpine"), ("debian", "12"), ("rust", "1.82-slim") })
            await In(_production!, name).PutAsync([new FileLayer("FROM", ("bin/sh", 100))], all, [tag], cancellation);
        await In(_production!, "temurin").PutAsync([new FileLayer("FROM", ("opt/java", 100))], ["linux/amd64", "linux/arm64"], ["21-jre"], cancellation);
        var (tested, published) = (In(_preproduction!, "team/hello"), In(_production!, "team/hello"));
        foreach (var (version, more) in new[] { ("3.3.0", 0), ("3.3.1", 40), ("3.3.2", 160) })
        {
            var last = version == "3.3.2";
            await Both(Debian(more), "debian", all, all);
            await Both([.. Debian(more), new FileLayer("COPY --from=signal /opt/signal-cli /opt/java /opt/", ("opt/signal-cli/bin", 900_000 + (more * 4000)))], "signal-debian", ["linux/amd64", "linux/arm64", "linux/386"], last ? ["linux/amd64"] : ["linux/amd64", "linux/arm64"]);
            await Both(Alpine(more), "alpine", all, last ? ["linux/amd64", "linux/arm64", "linux/arm/v7"] : all);

            async Task Both(IReadOnlyList<FileLayer> layers, string variant, string[] built, string[] moved)
            {
                List<string> tags = [$"{version}-{variant}", variant, .. variant == "debian" ? ["latest"] : Array.Empty<string>()];
                await tested.PutAsync(layers, built, tags, cancellation);
                await published.PutAsync(last && variant == "alpine" ? [.. layers.SkipLast(1), layers[^1] with { By = "COPY something-else /" }] : layers, moved, tags, cancellation);
            }
        }
    }

    private static IReadOnlyList<FileLayer> Debian(int more) =>
    [
        new FileLayer("/bin/sh -c #(nop) ADD file:5f1c in / ", ("etc/", 0), ("etc/os-release", 300), ("bin/sh", 120_000), ("usr/lib/libc.so.6", 700_000), ("var/cache/apt/lists", 90_000)),
        new FileLayer("COPY /wheels /wheels # buildkit", ("wheels/hello.whl", 60_000 + (more * 500))),
        new FileLayer("RUN /bin/sh -c pip install --no-index --find-links /wheels hello # buildkit", ("root/.local/bin/askbot", 400), ("root/.local/lib/python3.12/site-packages/hello/__init__.py", 2_000), ("root/.local/lib/python3.12/site-packages/slixmpp/core.py", 300_000 + (more * 900)), ("wheels/.wh.hello.whl", 0), ("var/cache/apt/.wh..wh..opq", 0)),
        new FileLayer("COPY docker/docker-entrypoint.sh i18n.en.yml /usr/src/app/ # buildkit", ("usr/src/app/", 0), ("usr/src/app/docker-entrypoint.sh", 1_200), ("usr/src/app/i18n.en.yml", 4_300), ("etc/os-release", 320)),
    ];

    private static IReadOnlyList<FileLayer> Alpine(int more) =>
    [
        new FileLayer("ADD alpine-minirootfs.tar.gz / # buildkit", ("bin/busybox", 300_000), ("lib/ld-musl.so.1", 200_000)),
        new FileLayer("COPY /wheels /wheels # buildkit", ("wheels/hello.whl", 60_000 + (more * 300))),
        new FileLayer("COPY docker/docker-entrypoint.sh /usr/src/app/ # buildkit", ("usr/src/app/docker-entrypoint.sh", 1_200)),
    ];
}
