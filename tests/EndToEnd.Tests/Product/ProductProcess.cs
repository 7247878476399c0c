using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Playbooks;

namespace ReleaseDashboard.EndToEnd.Tests.Product;

/// <summary>
/// The product as people run it: a process of its own with a data folder, on ports that it keeps over restarts. Disposing
/// ends it and everything it started.
/// </summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(RepositoryFiles.Root, "src", "Web", "bin", Configuration(), "ReleaseDashboard.Web.dll");
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rd-e2e-");
    private readonly PostgresDatabase? postgres;
    private readonly List<string> log = [];
    private readonly List<int> pids = [];
    private Process? process;

    private readonly IReadOnlyList<string> settings;

    private ProductProcess(PostgresDatabase? postgres, IReadOnlyList<string> settings) => (this.postgres, this.settings) = (postgres, settings);

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    public Uri Sandbox { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>A folder of this test for its own files.</summary>
    public string Scratch => Directory.CreateDirectory(Path.Combine(folder.FullName, "scratch")).FullName;

    public string Data => Path.Combine(folder.FullName, "data");

    public bool IsRunning => process is { HasExited: false };

    /// <summary>Everything the process printed, over all its lives.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return string.Join('\n', log);
        }
    }

    /// <summary>Process ids of all its lives.</summary>
    public IReadOnlyList<int> Pids => pids;

    /// <param name="settings">Settings of its own for all its lives, as NAME=VALUE.</param>
    public static async Task<ProductProcess> StartAsync(DatabaseKind database = DatabaseKind.Sqlite, string? crashAt = null, params IReadOnlyList<string> settings)
    {
        var server = database == DatabaseKind.Postgres ? await PostgresServer.SharedAsync() : null;
        var product = new ProductProcess(server is null ? null : await server.CreateDatabaseAsync(TestContext.Current.CancellationToken), settings);
        try
        {
            await product.StartAsync(crashAt);
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
        return product;
    }

    /// <summary>Starts it, again after it ended, and waits until it is ready.</summary>
    /// <param name="crashAt">Where it kills itself, as <c>STEP:POINT</c>.</param>
    public async Task StartAsync(string? crashAt = null)
    {
        IsRunning.ShouldBeFalse("It runs already.");
        var started = process = Process.Start(new ProcessStartInfo("dotnet",
            [Program, "serve", "--sandbox", .. Common, "--urls", Address.GetLeftPart(UriPartial.Authority),
                .. crashAt is null ? Array.Empty<string>() : ["--set", $"Worker:CrashAt={crashAt}"]])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        })!;
        pids.Add(started.Id);
        Pump(started.StandardOutput);
        Pump(started.StandardError);
        using var client = new HttpClient { BaseAddress = Address };
        await Deadline.UntilAsync<object>(
            async () =>
            {
                started.HasExited.ShouldBeFalse($"The product ended while it started.\n{Log}");
                try
                {
                    using var answer = await client.GetAsync("/health/ready");
                    return answer.IsSuccessStatusCode ? answer.StatusCode : null;
                }
                catch (HttpRequestException)
                {
                    return null;
                }
            },
            () => $"the product is ready\n{Log}");
    }

    /// <summary>kill -9 of the process alone, as the kernel does it: its children live on.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until a crash point has ended it.</summary>
    public Task CrashedAsync() => Deadline.UntilAsync<object>(() => Task.FromResult<object?>(IsRunning ? null : true), () => $"the product crashes\n{Log}");

    /// <summary>A verb of the command line, on the same data and database.</summary>
    public Task<ToolResult> RunAsync(params IReadOnlyList<string> arguments) => RunWithInputAsync("", arguments);

    /// <summary>A verb that reads a secret from standard input.</summary>
    public Task<ToolResult> RunWithInputAsync(string input, params IReadOnlyList<string> arguments) =>
        Tool.RunWithInputAsync(folder.FullName, input, "dotnet", [Program, .. arguments, "--sandbox", .. Common]);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process?.Dispose();
        if (postgres is not null)
            await postgres.DisposeAsync();
        await Deadline.UntilAsync<object>(() => Task.FromResult(TryRemove()), () => $"{folder} can be removed", StopLimit);
    }

    /// <returns>Null when something still works in the folder: it is ended, and the next try finds it gone.</returns>
    private object? TryRemove()
    {
        foreach (var child in ProcessTable.WorkingIn(folder.FullName))
            child.Kill();
        try
        {
            folder.Delete(recursive: true);
            return folder;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private IEnumerable<string> Common =>
        ["--data", Data, "--set", $"Sandbox:Url={Sandbox.GetLeftPart(UriPartial.Authority)}", .. settings.SelectMany(setting => new[] { "--set", setting }), .. postgres is null ? Array.Empty<string>() : ["--database", postgres.ConnectionString]];

    /// <summary>SIGTERM, and the end of it when it takes no notice.</summary>
    private async Task StopAsync()
    {
        if (process is not { HasExited: false } running)
            return;
        await Tool.RunAsync("/", "kill", "-TERM", running.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await running.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync(CancellationToken.None);
        }
    }

    private void Pump(StreamReader reader) => _ = Task.Run(async () =>
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (log)
                log.Add(line);
        }
    });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The product is taken from the build that these tests come from: Debug/net10.0 or Release/net10.0.
    private static string Configuration()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(at.Parent!.Name, at.Name);
    }
}
