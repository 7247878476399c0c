using System.Diagnostics;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Processes;

/// <summary>Runs programs, each in a session of its own, so that everything it started ends with it.</summary>
public sealed class ProcessRunner(ProcessEnvironment environment, TimeProvider time)
{
    // Something that left the group may hold the output open; what it writes later is not part of the run.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    /// <summary>Runs a command to its end. A bad exit code, a timeout and a cancellation are outcomes, not exceptions.</summary>
    /// <param name="started">Receives the identity before anything is read; when it throws, the process is killed.</param>
    /// <param name="graceful">SIGTERM to the group, SIGKILL after the grace time.</param>
    /// <param name="forceful">SIGKILL to the group at once.</param>
    public async Task<ProcessOutcome> RunAsync(
        ProcessCommand command,
        OutputSink sink,
        ProcessLimits limits,
        Func<ProcessIdentity, ValueTask>? started = null,
        CancellationToken graceful = default,
        CancellationToken forceful = default
    )
    {
        var mask = new SecretMask(command.Secrets ?? []);
        var variables = environment.Build(command.Environment);
        if (!Directory.Exists(command.WorkingDirectory)) return NotStarted($"There is no folder {command.WorkingDirectory}.", mask);
        if (ProcessEnvironment.Find(command.FileName, variables["PATH"], command.WorkingDirectory) is not { } program)
            return NotStarted($"There is no program {command.FileName} on {variables["PATH"]}.", mask);
        if (graceful.IsCancellationRequested || forceful.IsCancellationRequested)
            return new ProcessOutcome(ProcessEnd.Cancelled, null, TimeSpan.Zero, [], "", CaptureCut: false);

        Directory.CreateDirectory(environment.HomeDirectory);
        var watch = new ProcessWatch(limits, time);
        var output = new RunOutput(sink, mask, limits, watch.Heard);
        using var process = Process.Start(StartInfo(program, command, variables)) ?? throw new InvalidOperationException("No process was made.");
        try
        {
            if (started is not null && ProcessIdentity.Of(process.Id) is { } identity) await started(identity);
            using var reading = new CancellationTokenSource();
            var writing = WriteInputAsync(process, command.StandardInput);
            var readers = output.ReadAsync(process, reading.Token);
            var end = await EndAsync(process, readers, output.Broken, watch, limits, graceful, forceful);
            // The leader has ended; what it left in its group ends too.
            Signals.SendToGroup(process.Id, Signals.Kill);
            await DrainAsync(readers, reading);
            await writing;
            return new ProcessOutcome(end, process.ExitCode, watch.Elapsed, output.Tail, output.Captured, output.CaptureCut);
        }
        finally
        {
            if (!process.HasExited) Signals.SendToGroup(process.Id, Signals.Kill);
        }
    }

    private async Task<ProcessEnd> EndAsync(
        Process process, Task readers, Task broken, ProcessWatch watch, ProcessLimits limits, CancellationToken graceful, CancellationToken forceful)
    {
        using var over = new CancellationTokenSource();
        await using var kill = forceful.Register(() => Signals.SendToGroup(process.Id, Signals.Kill));
        using var wanted = CancellationTokenSource.CreateLinkedTokenSource(graceful, forceful);
        var exited = process.WaitForExitAsync(CancellationToken.None);
        var watching = watch.WaitAsync(wanted.Token, over.Token);
        // The run cannot go on when its output cannot be recorded.
        var first = await Task.WhenAny(exited, watching, broken);
        if (first == broken)
        {
            await over.CancelAsync();
            Signals.SendToGroup(process.Id, Signals.Kill);
            await readers;
        }

        if (first == exited)
        {
            await over.CancelAsync();
            return forceful.IsCancellationRequested && process.ExitCode == 128 + Signals.Kill ? ProcessEnd.Cancelled : ProcessEnd.Exited;
        }

        var reason = await watching;
        if (!forceful.IsCancellationRequested)
        {
            Signals.SendToGroup(process.Id, Signals.Terminate);
            await Task.WhenAny(exited, Task.Delay(limits.Grace, time, forceful));
        }

        Signals.SendToGroup(process.Id, Signals.Kill);
        await exited;
        return reason;
    }

    private async Task DrainAsync(Task readers, CancellationTokenSource reading)
    {
        if (await Task.WhenAny(readers, Task.Delay(DrainLimit, time, CancellationToken.None)) != readers) await reading.CancelAsync();
        try
        {
            await readers;
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested)
        {
            // Cut off on purpose, see DrainLimit.
        }
    }

    private static async Task WriteInputAsync(Process process, string? text)
    {
        try
        {
            if (text is not null) await process.StandardInput.WriteAsync(text);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input: its exit code tells whether that matters.
        }
    }

    private static ProcessStartInfo StartInfo(string program, ProcessCommand command, Dictionary<string, string> variables)
    {
        // setsid makes the group and then becomes the program: same process id, and no shell in between.
        var info = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            UseShellExecute = false,
        };
        info.ArgumentList.Add("--");
        info.ArgumentList.Add(program);
        foreach (var argument in command.Arguments) info.ArgumentList.Add(argument);
        info.Environment.Clear();
        foreach (var (name, value) in variables) info.Environment[name] = value;
        return info;
    }

    private static ProcessOutcome NotStarted(string reason, SecretMask mask) =>
        new(ProcessEnd.NotStarted, null, TimeSpan.Zero, [mask.Apply(reason)], "", CaptureCut: false);
}
