using System.Diagnostics;
using System.Globalization;
using ReleaseDashboard.Infrastructure.Containers.Engine;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>
/// A private Docker Engine with its own containerd, storage and socket, in a folder of its own. It has no network and
/// touches none of the machine's. It ends, its mounts taken down, when disposed, and also when the tests are killed.
/// Test assemblies that use the shared one declare <c>[assembly: AssemblyFixture(typeof(DockerEngineLifetime))]</c>.
/// </summary>
public sealed class DockerEngine : IAsyncDisposable
{
    // Waits for the end of its input, then for the engine, then takes down what a killed engine leaves mounted.
    private const string UntilInputEnds = """
        folder=$1; shift
        "$@" >"$folder/log" 2>&1 & engine=$!
        ( tail --pid=$engine -f /dev/null; : >"$folder/ended" ) 2>/dev/null & watch=$!
        cat >/dev/null
        kill -TERM $watch 2>/dev/null; wait $watch 2>/dev/null
        kill -TERM $engine 2>/dev/null; wait $engine
        grep -o " $folder/[^ ]*" /proc/mounts | sort -r | while read -r mount; do umount -l "$mount"; done
        rm -rf "$folder"
        """;

    private static readonly Lazy<Task<DockerEngine>> Shared = new(() => StartAsync());

    private readonly Process process;

    private DockerEngine(string folder, Process process, int? tlsPort) => (Folder, this.process, TlsPort) = (folder, process, tlsPort);

    /// <summary>Short: a socket's path has at most 107 bytes.</summary>
    public string Folder { get; }

    public string Socket => Path.Combine(Folder, "s");

    /// <summary>As <c>DOCKER_HOST</c> takes it.</summary>
    public string Host => $"unix://{Socket}";

    /// <summary>Port of the listener with TLS, when one was asked for.</summary>
    public int? TlsPort { get; }

    public EngineOptions Options => new() { Address = EngineAddress.Parse(Host) };

    /// <summary>The engine that all tests of an assembly share, started by whoever asks first.</summary>
    public static Task<DockerEngine> SharedAsync() => Shared.Value;

    public static async Task StopSharedAsync()
    {
        // One that did not start has been told of already, and has gone.
        if (Shared is { IsValueCreated: true, Value.IsFaulted: false })
            await (await Shared.Value).DisposeAsync();
    }

    /// <param name="certificates">Folder with <c>ca.pem</c>, <c>server-cert.pem</c> and <c>server-key.pem</c>: it then also listens on TCP, for clients with a certificate.</param>
    public static async Task<DockerEngine> StartAsync(string? certificates = null)
    {
        var folder = Directory.CreateTempSubdirectory("rd-engine-").FullName;
        // Otherwise the machine's own configuration would count.
        await File.WriteAllTextAsync(Path.Combine(folder, "daemon.json"), "{}");
        var port = certificates is null ? (int?)null : FreePort.Take();
        IReadOnlyList<string> network = certificates is null ? [] :
        [
            "-H", string.Create(CultureInfo.InvariantCulture, $"tcp://127.0.0.1:{port}"), "--tlsverify", "--tlscacert", Path.Combine(certificates, "ca.pem"),
            "--tlscert", Path.Combine(certificates, "server-cert.pem"), "--tlskey", Path.Combine(certificates, "server-key.pem"),
        ];
        var process = Process.Start(new ProcessStartInfo("sh",
        [
            "-c", UntilInputEnds, "sh", folder,
            "dockerd", "--data-root", Path.Combine(folder, "data"), "--exec-root", Path.Combine(folder, "exec"), "--pidfile", Path.Combine(folder, "pid"),
            "-H", $"unix://{Path.Combine(folder, "s")}", "--group", "root", "--config-file", Path.Combine(folder, "daemon.json"),
            "--bridge=none", "--iptables=false", "--ip6tables=false", "--userland-proxy=false", "--insecure-registry", "127.0.0.0/8", .. network,
        ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
            Environment = { ["DOCKER_HOST"] = "" },
        })!;
        var engine = new DockerEngine(folder, process, port);
        try
        {
            await engine.WaitUntilReadyAsync();
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
        return engine;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var client = new EngineClient(Options, TimeProvider.System);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (!(await client.PingAsync(deadline.Token)).IsOk && !File.Exists(Path.Combine(Folder, "ended")))
                await timer.WaitForNextTickAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // Told below, with what the engine said.
        }
        if (!(await client.PingAsync(CancellationToken.None)).IsOk)
            throw new InvalidOperationException($"dockerd did not start:\n{string.Join('\n', (await File.ReadAllLinesAsync(Path.Combine(Folder, "log"))).TakeLast(30))}");
    }
}
