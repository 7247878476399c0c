using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ReleaseDashboard.Infrastructure.Changes;

/// <summary>Hears what other processes changed (PostgreSQL LISTEN) and passes it on in this one.</summary>
public sealed partial class PostgresChangeListener(string connectionString, ChangeFeed feed, ILogger<PostgresChangeListener> logger, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException)
            {
                // Notices missed meanwhile do no harm: workers also look by themselves.
                Log.Lost(logger, exception);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        connection.Notification += (_, notice) => Receive(notice.Payload);
        await using (var command = new NpgsqlCommand($"LISTEN {ChangeFeed.Channel}", connection))
            await command.ExecuteNonQueryAsync(cancellationToken);
        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    private void Receive(string payload)
    {
        var space = payload.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || payload.AsSpan(0, space).SequenceEqual(feed.Origin))
            return;
        if (Change.FromText(payload[(space + 1)..]) is { } change)
            feed.Publish(change);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The connection that hears changes of other processes was lost; it is opened again.")]
        public static partial void Lost(ILogger logger, Exception exception);
    }
}
