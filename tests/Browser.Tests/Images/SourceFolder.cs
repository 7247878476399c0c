using System.Diagnostics;

namespace ReleaseDashboard.Browser.Tests.Images;

/// <summary>A real repository in a temporary folder with three Dockerfiles on <c>dev</c> and the tags of three releases.</summary>
internal sealed class SourceFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rd-images-");

    /// <param name="registry">Where the base images are, so that no test asks the world outside.</param>
    public SourceFolder(string registry)
    {
        Git("init", "--quiet", "--initial-branch=main");
        Write("debian.Dockerfile", $"""
            ARG PYTHON=3.12
            FROM {registry}/python:$PYTHON as build
            WORKDIR /src
            COPY . .
            RUN <<EOF
            pip wheel --wheel-dir /wheels .
            EOF

            FROM {registry}/python:${"{PYTHON}"}-slim
            COPY --from=build /wheels /wheels
            RUN pip install --no-index --find-links /wheels hello
            # The entry point comes last: it changes most often.
            COPY docker/docker-entrypoint.sh \
                 i18n.en.yml \
                 /usr/src/app/
            """);
        Write("signal-debian.Dockerfile", $"""
            FROM {registry}/rust:1.82-slim AS zkgroup
            RUN cargo build --release
            FROM {registry}/temurin:21-jre AS signal
            FROM {registry}/debian:12 AS old-signal
            RUN apt-get install --yes signal-cli
            FROM {registry}/team/hello:debian
            COPY --from=zkgroup /target/release/libzkgroup.so /usr/lib/
            COPY --from=signal /opt/signal-cli /opt/java /opt/
            """);
        Write("alpine.Dockerfile", $"""
            FROM {registry}/python:3.12-alpine AS build
            COPY . .
            RUN pip wheel --wheel-dir /wheels .
            FROM {registry}/python:3.12-alpine
            COPY --from=build /wheels /wheels
            COPY docker/docker-entrypoint.sh /usr/src/app/
            """);
        foreach (var version in new[] { "3.3.0", "3.3.1", "3.3.2" })
        {
            Git("add", "--all");
            Git("commit", "--quiet", "--allow-empty", "--message", $"Release {version}");
            Git("tag", version);
        }
        Git("checkout", "--quiet", "-b", "dev");
    }

    public string Url => "file://" + folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text + "\n");

    private void Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", ["-C", folder.FullName, "-c", "user.name=Test", "-c", "user.email=test@example.org", .. arguments]) { UseShellExecute = false })!;
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }
}
