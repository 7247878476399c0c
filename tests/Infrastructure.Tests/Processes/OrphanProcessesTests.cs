using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Tests.Clients;

namespace ReleaseDashboard.Infrastructure.Tests.Processes;

public sealed class OrphanProcessesTests : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private readonly TemporaryFolder _folder = new();
    private readonly OrphanProcesses _orphans = new(TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task End_RunningGroup_EndsAllOfIt()
    {
        var log = new LogRecorder();
        ProcessIdentity? identity = null;
        var run = StartAsync("sleep 300 & echo child $!; wait", log, found => identity = found);
        var child = int.Parse((await log.WaitAsync(line => line.StartsWith("child ", StringComparison.Ordinal)))[6..]);

        (await _orphans.EndAsync(identity!, Grace, TestContext.Current.CancellationToken)).ShouldBe(OrphanEnd.Ended);

        await ProcessRunnerTests.GoneAsync(child);
        (await run).ExitCode.ShouldBe(128 + 15);
        (await _orphans.EndAsync(identity!, Grace, TestContext.Current.CancellationToken)).ShouldBe(OrphanEnd.AlreadyGone);
    }

    [Fact]
    public async Task End_IdOfAnotherProcess_LeavesItAlone()
    {
        var log = new LogRecorder();
        ProcessIdentity? identity = null;
        using var stop = new CancellationTokenSource();
        var run = StartAsync("echo ready; sleep 300", log, found => identity = found, stop.Token);
        await log.WaitAsync(line => line == "ready");

        (await _orphans.EndAsync(identity! with { StartTicks = identity!.StartTicks - 1 }, Grace, stop.Token)).ShouldBe(OrphanEnd.AlreadyGone);
        (await _orphans.EndAsync(identity! with { BootId = "another boot" }, Grace, stop.Token)).ShouldBe(OrphanEnd.AlreadyGone);

        OrphanProcesses.IsThere(identity!).ShouldBeTrue();
        await stop.CancelAsync();
        (await run).Cancelled.ShouldBeTrue();
    }

    private Task<ProcessOutcome> StartAsync(string script, LogRecorder log, Action<ProcessIdentity> started, CancellationToken stop = default) =>
        new ProcessRunner(ProcessEnvironment.WithHome(_folder.At("home")), TimeProvider.System).RunAsync(
            new ProcessCommand("sh", ["-c", script], _folder.Path),
            log.Sink,
            ProcessLimits.Default,
            found =>
            {
                started(found);
                return ValueTask.CompletedTask;
            },
            forceful: stop
        );
}
