namespace ReleaseDashboard.EndToEnd.Tests.Product;

/// <summary>Collects the command lines that anybody on the machine could see while a product runs.</summary>
internal sealed class CommandLineWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly HashSet<string> seen = [];
    private readonly CancellationTokenSource ended = new();
    private readonly Task watching;

    public CommandLineWatch(string folder) => watching = Task.Run(async () =>
    {
        using var timer = new PeriodicTimer(Interval);
        while (!ended.IsCancellationRequested)
        {
            lock (seen)
                seen.UnionWith(ProcessTable.CommandLinesIn(folder).Values);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    });

    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (seen)
                return [.. seen];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await watching;
        ended.Dispose();
    }
}
