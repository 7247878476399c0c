using System.Diagnostics;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Processes;

/// <summary>Both streams of one run, brought together: one call to the sink at a time, the tail, the capture.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Reliability", "CA1001", Justification = "The semaphore has no wait handle to free, and a reader cut off late may still use it.")]
internal sealed class RunOutput(OutputSink sink, SecretMask mask, ProcessLimits limits, Action heard)
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OutputTail _tail = new();
    private readonly BoundedCapture? _capture = limits.CaptureLimit > 0 ? new BoundedCapture(limits.CaptureLimit) : null;

    /// <summary>Completes when the sink has thrown; the exception comes out of <see cref="ReadAsync"/>.</summary>
    public Task Broken => _broken.Task;

    public IReadOnlyList<string> Tail => _tail.Lines();
    public string Captured => _capture?.ToString() ?? "";
    public bool CaptureCut => _capture?.Cut ?? false;

    public Task ReadAsync(Process process, CancellationToken cancellation)
    {
        var output = new OutputReader(OutputStream.Output, mask, _capture, EmitAsync, heard);
        var error = new OutputReader(OutputStream.Error, mask, capture: null, EmitAsync, heard);
        return Task.WhenAll(
            output.ReadAsync(process.StandardOutput.BaseStream, cancellation),
            error.ReadAsync(process.StandardError.BaseStream, cancellation)
        );
    }

    private async ValueTask EmitAsync(OutputStream stream, List<string> lines)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            _tail.Add(lines);
            if (stream == OutputStream.Error || _capture is null || limits.ShowCaptured) await sink(stream, lines, CancellationToken.None);
        }
        catch
        {
            _broken.TrySetResult();
            throw;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
