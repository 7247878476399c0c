using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>
/// One private <c>docker-registry</c> on a free port of this machine, over plain HTTP, with deleting allowed and its data in a
/// folder of its own. It ends when disposed, and also when the tests are killed.
/// </summary>
public sealed partial class RegistryServer : IAsyncDisposable
{
    // The server must not outlive the tests, even when they are killed: it stops when this pipe closes.
    private const string UntilInputEnds = "\"$@\" & server=$!; cat >/dev/null; kill -TERM $server; wait $server";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly string folder;
    private readonly Process process;
    private readonly Task drained;

    private RegistryServer(string folder, Process process, int port, RegistryLogin? login, Task drained)
    {
        (this.folder, this.process, this.drained) = (folder, process, drained);
        (Port, Login) = (port, login);
    }

    public int Port { get; }

    /// <summary>As it stands in names of images: <c>127.0.0.1:PORT</c>.</summary>
    public string Host => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>With a slash at the end.</summary>
    public Uri Address => new($"http://{Host}/");

    /// <summary>Who may use it; null when everybody may.</summary>
    public RegistryLogin? Login { get; }

    /// <summary>The name of a repository in this registry, as <c>docker push</c> takes it.</summary>
    public string Repository(string path) => $"{Host}/{path}";

    /// <param name="login">Asked for by basic authentication; null lets everybody in.</param>
    public static async Task<RegistryServer> StartAsync(RegistryLogin? login = null)
    {
        var folder = Directory.CreateTempSubdirectory("rd-registry-").FullName;
        var configuration = Path.Combine(folder, "config.yml");
        await File.WriteAllTextAsync(configuration, Configuration(folder, login is not null));
        if (login is not null)
            await File.WriteAllTextAsync(PasswordFile(folder), await login.HtpasswdLineAsync());
        var process = Process.Start(new ProcessStartInfo("sh", ["-c", UntilInputEnds, "sh", "docker-registry", "serve", configuration])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var port = await PortAsync(process);
        return new RegistryServer(folder, process, port, login, Task.WhenAll(output, process.StandardError.ReadToEndAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        await drained;
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    // Asked for port 0, the registry takes a free one and says which: no other process can take it in between.
    private static async Task<int> PortAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        var said = new List<string>();
        while (await process.StandardError.ReadLineAsync(deadline.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
                return int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
            said.Add(line);
        }
        throw new InvalidOperationException($"docker-registry did not start:\n{string.Join('\n', said)}");
    }

    private static string PasswordFile(string folder) => Path.Combine(folder, "htpasswd");

    private static string Configuration(string folder, bool withLogin)
    {
        var authentication = withLogin ? $"auth: {{htpasswd: {{realm: tests, path: \"{PasswordFile(folder)}\"}}}}" : "";
        return $"""
            version: 0.1
            log:
              level: info
              formatter: text
            storage:
              filesystem:
                rootdirectory: "{folder}/data"
              delete:
                enabled: true
            http:
              addr: "127.0.0.1:0"
              secret: of the tests
            {authentication}

            """;
    }

    [GeneratedRegex("listening on 127\\.0\\.0\\.1:(?<port>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Listening();
}
