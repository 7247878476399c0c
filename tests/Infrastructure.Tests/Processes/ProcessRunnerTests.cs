using System.Diagnostics;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Tests.Clients;

namespace ReleaseDashboard.Infrastructure.Tests.Processes;

public sealed class ProcessRunnerTests : IDisposable
{
    private static readonly ProcessLimits Short = new() { Timeout = TimeSpan.FromSeconds(30), Grace = TimeSpan.FromSeconds(5) };
    private readonly TemporaryFolder _folder = new();
    private readonly LogRecorder _log = new();
    private readonly ProcessRunner _runner;

    public ProcessRunnerTests() => _runner = new ProcessRunner(ProcessEnvironment.WithHome(_folder.At("home")), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_OutputAndError_BothReachTheSinkWithTheExitCode()
    {
        var outcome = await RunAsync("printf 'one\\ntwo\\nlast'; echo wrong >&2; exit 3");

        outcome.End.ShouldBe(ProcessEnd.Exited);
        outcome.ExitCode.ShouldBe(3);
        _log.Of(OutputStream.Output).ShouldBe(["one", "two", "last"]);
        _log.Of(OutputStream.Error).ShouldBe(["wrong"]);
        outcome.Tail.ShouldContain("wrong");
    }

    [Fact]
    public async Task Run_Environment_IsBuiltAndNotInherited()
    {
        Environment.SetEnvironmentVariable("CLIENTS_TEST_INHERITED", "leak");
        var command = new ProcessCommand("env", [], _folder.Path, new Dictionary<string, string> { ["GIVEN"] = "yes" });

        await _runner.RunAsync(command, _log.Sink, Short);

        _log.Of(OutputStream.Output).Select(line => line.Split('=')[0]).Order().ShouldBe(["GIVEN", "HOME", "LANG", "PATH"]);
        _log.Text.ShouldContain($"HOME={_folder.At("home")}");
    }

    [Fact]
    public async Task Run_ArgumentsWithShellCharacters_ArriveAsTheyAre()
    {
        string[] arguments = ["%s\\n", "$(id)", "a b", "; rm -rf x", "'\"", "--help", ""];

        await _runner.RunAsync(new ProcessCommand("printf", arguments, _folder.Path), _log.Sink, Short);

        _log.Of(OutputStream.Output).ShouldBe(arguments[1..]);
    }

    [Fact]
    public async Task Run_MissingProgramOrFolder_IsAnOutcome()
    {
        var noProgram = await _runner.RunAsync(new ProcessCommand("no-such-program", [], _folder.Path), _log.Sink, Short);
        var noFolder = await _runner.RunAsync(new ProcessCommand("true", [], _folder.At("none")), _log.Sink, Short);

        noProgram.End.ShouldBe(ProcessEnd.NotStarted);
        noProgram.Tail.Single().ShouldContain("no-such-program");
        noFolder.End.ShouldBe(ProcessEnd.NotStarted);
    }

    [Fact]
    public async Task Run_GracefulCancel_LetsTheProgramCleanUp()
    {
        using var graceful = new CancellationTokenSource();
        var run = _runner.RunAsync(Shell("trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.05; done"), _log.Sink, Short, graceful: graceful.Token);
        await _log.WaitAsync(line => line == "ready");
        await graceful.CancelAsync();
        var outcome = await run;

        outcome.Cancelled.ShouldBeTrue();
        outcome.ExitCode.ShouldBe(5);
        _log.Of(OutputStream.Output).ShouldContain("bye");
    }

    [Fact]
    public async Task Run_GracefulCancelIgnored_IsKilledAfterTheGraceTime()
    {
        using var graceful = new CancellationTokenSource();
        var limits = Short with { Grace = TimeSpan.FromMilliseconds(200) };
        var run = _runner.RunAsync(Shell("trap '' TERM; echo ready; while :; do sleep 0.05; done"), _log.Sink, limits, graceful: graceful.Token);
        await _log.WaitAsync(line => line == "ready");
        await graceful.CancelAsync();
        var outcome = await run;

        outcome.Cancelled.ShouldBeTrue();
        outcome.ExitCode.ShouldBe(137);
    }

    [Fact]
    public async Task Run_ForcefulCancel_EndsGrandchildrenToo()
    {
        using var forceful = new CancellationTokenSource();
        var run = _runner.RunAsync(Shell("sleep 300 & echo child $!; wait"), _log.Sink, Short, forceful: forceful.Token);
        var child = int.Parse((await _log.WaitAsync(line => line.StartsWith("child ", StringComparison.Ordinal)))[6..]);
        await forceful.CancelAsync();
        var outcome = await run;

        outcome.Cancelled.ShouldBeTrue();
        await GoneAsync(child);
    }

    [Fact]
    public async Task Run_LeftOverChildHoldsTheOutput_EndsWithTheLeader()
    {
        var watch = Stopwatch.StartNew();
        var outcome = await RunAsync("sleep 300 & echo child $!");

        outcome.Succeeded.ShouldBeTrue();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        await GoneAsync(int.Parse(_log.Of(OutputStream.Output).Single()[6..]));
    }

    [Fact]
    public async Task Run_TooLong_TimesOut()
    {
        var outcome = await _runner.RunAsync(
            Shell("while :; do echo tick; sleep 0.05; done"), _log.Sink, Short with { Timeout = TimeSpan.FromMilliseconds(400) });

        outcome.TimedOut.ShouldBeTrue();
        outcome.Tail.ShouldContain("tick");
    }

    [Fact]
    public async Task Run_TooSilent_TimesOutIdle()
    {
        var outcome = await _runner.RunAsync(
            Shell("echo once; sleep 60"), _log.Sink, Short with { IdleTimeout = TimeSpan.FromMilliseconds(400) });

        outcome.IdleTimedOut.ShouldBeTrue();
        outcome.Tail.ShouldBe(["once"]);
    }

    [Fact]
    public async Task Run_SecretPrinted_IsMaskedInSinkAndTailButNotInCapture()
    {
        var command = Shell("printf 'a s3cr3t-t'; sleep 0.1; echo 'oken b'") with { Secrets = ["s3cr3t-token"] };
        var outcome = await _runner.RunAsync(command, _log.Sink, Short with { CaptureLimit = 1000 });

        _log.Of(OutputStream.Output).ShouldBe(["a *** b"]);
        outcome.Tail.ShouldBe(["a *** b"]);
        outcome.Captured.ShouldBe("a s3cr3t-token b\n");
    }

    [Fact]
    public async Task Run_InvalidBytesProgressAndLongLines_AreMadeReadable()
    {
        await RunAsync("printf 'bad \\377 byte\\n10%%\\r50%%\\r100%%\\r\\n'; head -c 40000 /dev/zero | tr '\\0' x; echo; echo after");

        var lines = _log.Of(OutputStream.Output);
        lines[0].ShouldBe("bad \ufffd byte");
        lines[1].ShouldBe("100%");
        lines[2].ShouldBe(new string('x', 16 * 1024) + " [23616 more characters]");
        lines[3].ShouldBe("after");
    }

    [Fact]
    public async Task Run_StandardInput_IsGivenAndClosed()
    {
        await _runner.RunAsync(new ProcessCommand("cat", [], _folder.Path, StandardInput: "líne\n"), _log.Sink, Short);

        _log.Of(OutputStream.Output).ShouldBe(["líne"]);
    }

    [Fact]
    public async Task Run_SinkThrows_KillsAndThrows()
    {
        OutputSink broken = (_, _, _) => throw new InvalidDataException("disk full");
        ProcessIdentity? identity = null;

        await Should.ThrowAsync<InvalidDataException>(() => _runner.RunAsync(
            Shell("echo x; sleep 300"), broken, Short, found => { identity = found; return ValueTask.CompletedTask; }));

        await GoneAsync(identity!.Pid);
    }

    [Fact]
    public async Task Run_IdentityCannotBeRecorded_KillsAndThrows()
    {
        ProcessIdentity? identity = null;

        await Should.ThrowAsync<InvalidDataException>(() => _runner.RunAsync(
            Shell("sleep 300"), _log.Sink, Short, found => { identity = found; throw new InvalidDataException("no database"); }));

        await GoneAsync(identity!.Pid);
    }

    [Fact]
    public async Task Run_ManyLines_KeepsUp()
    {
        var count = 0;
        OutputSink counting = (_, lines, _) => { count += lines.Count; return ValueTask.CompletedTask; };
        var command = new ProcessCommand("seq", ["1000000"], _folder.Path, Secrets: ["s3cr3t-token", "another-secret-value"]);
        var outcome = await _runner.RunAsync(command, counting, Short);

        count.ShouldBe(1_000_000);
        outcome.Tail[^1].ShouldBe("1000000");
        TestContext.Current.TestOutputHelper?.WriteLine($"{count / outcome.Duration.TotalSeconds:0} lines/s");
        outcome.Duration.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    internal static async Task GoneAsync(int pid)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal))
            await Task.Delay(10, deadline.Token);
    }

    private ProcessCommand Shell(string script) => new("sh", ["-c", script], _folder.Path);

    private Task<ProcessOutcome> RunAsync(string script) => _runner.RunAsync(Shell(script), _log.Sink, Short);
}
