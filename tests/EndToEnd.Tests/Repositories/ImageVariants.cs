using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.EndToEnd.Tests.Repositories;

/// <summary>
/// Three images of a package in the way of a real family: one in several stages that runs a program while it is built, one on top of it, one
/// from nothing. Each for two processors, with programs that need no base.
/// </summary>
/// <param name="Preproduction">Host and port of the registry before production.</param>
/// <param name="Production">Host and port of production.</param>
internal sealed record ImageVariants(string Preproduction, string Production)
{
    public static IReadOnlyList<string> Names { get; } = ["debian", "signal-debian", "alpine"];

    public static IReadOnlyList<Platform> Platforms { get; } = [Platform.LinuxAmd64, Emulation.LinuxArm64];

    /// <summary>What they are called in either registry.</summary>
    public string FamilyName { get; init; } = "team/words";

    public string Base => $"{Preproduction}/base/linux";

    public string Tried => $"{Preproduction}/{FamilyName}";

    public string Published => $"{Production}/{FamilyName}";

    /// <summary>As a maintainer describes them.</summary>
    public ImageSettings Settings() => new()
    {
        Preproduction = new RegistryAddress("preproduction", Tried, Insecure: true),
        Production = new RegistryAddress("production", Published, Insecure: true),
        Tags = new TagStrategy { Latest = "debian" },
        Variants = [.. Names.Select(name => new ImageVariant
        {
            Name = name,
            Dockerfile = $"docker/{name}.Dockerfile",
            Platforms = [.. Platforms.Select(platform => platform.ToString())],
            Arguments = ["RELEASE={version}"],
            SmokeCommand = ["askbot", "-c", "/etc/sample/config.yml"],
            SmokeFolder = "tests/sample",
        })],
    };

    public void Write(SmallPackage package)
    {
        package.Put("docker/debian.Dockerfile", $$"""
            ARG ROOT={{Base}}:1
            FROM ${ROOT} as build
            ARG TARGETARCH
            COPY bin/${TARGETARCH}/prepare /prepare
            RUN ["/prepare"]

            FROM ${ROOT}
            ARG TARGETARCH
            COPY --from=build /prepared /prepared
            COPY bin/${TARGETARCH}/debian /app
            # What the build of the package has made: the version that the program shows, and the wheel.
            COPY {{package.VersionFile}} /etc/version
            COPY dist/*.whl /wheels/
            ENTRYPOINT ["/app"]

            """);
        package.Put("docker/signal-debian.Dockerfile", $"""
            ARG BASE={Published}
            FROM $BASE:debian
            ARG RELEASE
            LABEL signal=$RELEASE
            COPY README.md /signal

            """);
        package.Put("docker/alpine.Dockerfile", $$"""
            FROM scratch
            ARG TARGETARCH
            COPY bin/${TARGETARCH}/alpine /app
            COPY {{package.VersionFile}} /etc/version
            ENTRYPOINT ["/app"]

            """);
        package.Put(".dockerignore", "docker\n.git\ntests\n");
        package.Put("tests/sample/config.yml", "backend: console\n");
        Program(package, "prepare", ProgramAct.Make("/prepared"));
        Program(package, "debian", ProgramAct.Print("debian "), ProgramAct.Show("/etc/version"), ProgramAct.Show("/etc/sample/config.yml"));
        Program(package, "alpine", ProgramAct.Print("alpine "), ProgramAct.Show("/etc/version"), ProgramAct.Show("/etc/sample/config.yml"));
    }

    private static void Program(SmallPackage package, string name, params ProgramAct[] acts)
    {
        foreach (var platform in Platforms)
        {
            var path = Path.Combine(package.Folder, "bin", platform.Architecture, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, TinyProgram.For(platform, acts));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        }
    }
}
