using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace ReleaseDashboard.Bench;

/// <summary>A web program in a process of its own. Disposing ends it as SIGTERM does.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process running;
    private readonly Task<string> printed;
    private readonly Task<string> complained;

    private ServedProgram(Process process, Task<string> output, Task<string> errors, TimeSpan taken) =>
        (running, printed, complained, Taken) = (process, output, errors, taken);

    /// <summary>From the start of the process to the first good answer.</summary>
    public TimeSpan Taken { get; }

    /// <summary>Starts it and asks for a page until the answer is 200 and holds a text.</summary>
    public static async Task<ServedProgram> StartAsync(IReadOnlyList<string> arguments, string folder, Uri page, string text)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        var clock = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        })!;
        // Read from the start: a program whose output nobody takes stands still.
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            while (!await AnswersAsync(client, page, text))
            {
                if (process.HasExited || clock.Elapsed > Limit)
                    throw new InvalidOperationException($"{page} did not answer.");
                await Task.Delay(1);
            }
            return new ServedProgram(process, output, errors, clock.Elapsed);
        }
        catch (Exception exception)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{page} did not answer as it should: {exception.Message}\n{await output}{await errors}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", running.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await running.WaitForExitAsync();
        await Task.WhenAll(printed, complained);
        running.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri page, string text)
    {
        try
        {
            using var answer = await client.GetAsync(page);
            if (answer.StatusCode == HttpStatusCode.InternalServerError)
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains(text, StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }
}
