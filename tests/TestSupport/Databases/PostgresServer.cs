using System.Diagnostics;
using System.Globalization;
using Npgsql;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.TestSupport.Databases;

/// <summary>
/// One private PostgreSQL server for the test run, on a socket in a folder of its own, as durable as in production.
/// Test assemblies that use it declare <c>[assembly: AssemblyFixture(typeof(PostgresServerLifetime))]</c>.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin";
    private const string Template = "ledger_template";

    // The server refuses to run as root.
    private const string User = "postgres";

    // The server must not outlive the tests, even when they are killed: it stops when this pipe closes.
    private const string UntilInputEnds = "\"$@\" & server=$!; cat >/dev/null; kill -INT $server; wait $server";

    private static readonly Lazy<Task<PostgresServer>> Shared = new(StartAsync);

    private readonly SemaphoreSlim creation = new(1, 1);
    private readonly string folder;
    private readonly Process process;
    private int databases;

    private PostgresServer(string folder, Process process) => (this.folder, this.process) = (folder, process);

    /// <summary>The server, started by whoever asks first.</summary>
    public static Task<PostgresServer> SharedAsync() => Shared.Value;

    /// <summary>Stops the server if anything has started it.</summary>
    public static async Task StopSharedAsync()
    {
        if (Shared.IsValueCreated)
            await (await Shared.Value).DisposeAsync();
    }

    public string ConnectionStringOf(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = folder,
        Username = User,
        Database = database,
        MaxPoolSize = 40,
        IncludeErrorDetail = true,
    }.ConnectionString;

    /// <summary>A new database with the current schema.</summary>
    public async Task<PostgresDatabase> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        // A template may have one copier at a time.
        await creation.WaitAsync(cancellationToken);
        try
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"test_{++databases}");
            await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE {Template}", cancellationToken);
            return new PostgresDatabase(this, name);
        }
        finally
        {
            creation.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        creation.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    internal async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionStringOf("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var root = Path.Combine(Path.GetTempPath(), "rd-pg-" + Path.GetRandomFileName());
        IReadOnlyList<string> owner = Environment.IsPrivilegedProcess ? ["-o", User, "-g", User] : [];
        await RunAsync(["install", "-d", "-m", "0700", .. owner, "--", root]);
        var data = Path.Combine(root, "data");
        await RunAsync([.. AsUser(), $"{Programs}/initdb", "-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C"]);
        var started = Start(["sh", "-c", UntilInputEnds, "sh", .. AsUser(),
            $"{Programs}/postgres", "-D", data, "-k", root, "-c", "listen_addresses=", "-c", "max_connections=400", "-c", "log_min_messages=fatal"]);
        _ = started.StandardOutput.ReadToEndAsync();
        var errors = started.StandardError.ReadToEndAsync();
        var server = new PostgresServer(root, started);
        await server.WaitUntilReadyAsync(errors);
        await server.MakeTemplateAsync();
        return server;
    }

    private static string[] AsUser() =>
        Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--init-groups", "--"] : [];

    private async Task WaitUntilReadyAsync(Task<string> errors)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"PostgreSQL did not start: {await errors}");
            try
            {
                await ExecuteAsync("SELECT 1", deadline.Token);
                return;
            }
            catch (NpgsqlException)
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
        }
    }

    private async Task MakeTemplateAsync()
    {
        await ExecuteAsync($"CREATE DATABASE {Template}", CancellationToken.None);
        var connection = ConnectionStringOf(Template);
        var options = new DatabaseOptions { SqliteFile = "unused", Postgres = connection };
        using (var store = new LedgerStore(new LedgerContextFactory(options), new ChangeFeed(), TimeProvider.System))
            await store.MigrateAsync(CancellationToken.None);
        await using var pooled = new NpgsqlConnection(connection);
        NpgsqlConnection.ClearPool(pooled);
    }

    private static async Task RunAsync(IReadOnlyList<string> command)
    {
        using var program = Start(command);
        program.StandardInput.Close();
        var output = program.StandardOutput.ReadToEndAsync();
        var errors = program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        if (program.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]} failed: {await output}{await errors}");
    }

    private static Process Start(IReadOnlyList<string> command) => Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        // The server's user may not enter the folder that the tests run in.
        WorkingDirectory = "/",
    })!;
}
