using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Git;

/// <summary>
/// Runs <c>git http-backend</c> as a CGI program for one request (https://git-scm.com/docs/git-http-backend). Bodies are streamed in
/// both directions; without a length the program reads to the end, which is how chunked pushes work.
/// </summary>
internal static class GitHttpBackend
{
    public static async Task RunAsync(HttpContext context, SandboxRepository repository, Persona? actor, Stream answer)
    {
        using var process = new Process
        {
            StartInfo = GitProcess.StartInfo(repository.Git.Folder, ["http-backend"], Variables(context.Request, repository, actor)),
        };
        process.Start();
        try
        {
            var asking = SendAsync(context.Request.Body, process.StandardInput.BaseStream, context.RequestAborted);
            var complaining = process.StandardError.ReadToEndAsync(context.RequestAborted);
            var output = process.StandardOutput.BaseStream;
            await WriteHeadersAsync(context.Response, output, context.RequestAborted);
            await output.CopyToAsync(answer, context.RequestAborted);
            await asking;
            await complaining;
            await process.WaitForExitAsync(context.RequestAborted);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static async Task SendAsync(Stream body, Stream input, CancellationToken cancellationToken)
    {
        try
        {
            await body.CopyToAsync(input, cancellationToken);
            input.Close();
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            // The program closed its input early, because it refuses; its answer says why.
        }
    }

    private static async Task WriteHeadersAsync(HttpResponse response, Stream output, CancellationToken cancellationToken)
    {
        for (var line = await LineAsync(output, cancellationToken); line.Length > 0; line = await LineAsync(output, cancellationToken))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            if (name == "Status")
                response.StatusCode = int.Parse(value.AsSpan(0, 3), CultureInfo.InvariantCulture);
            else
                response.Headers[name] = value;
        }
    }

    // A byte at a time, because what follows the empty line is binary; there are few of them.
    private static async Task<string> LineAsync(Stream output, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var next = new byte[1];
        while (await output.ReadAsync(next, cancellationToken) == 1 && next[0] != '\n')
            line.Append((char)next[0]);
        return line.ToString().TrimEnd('\r');
    }

    private static Dictionary<string, string> Variables(HttpRequest request, SandboxRepository repository, Persona? actor)
    {
        var variables = new Dictionary<string, string>
        {
            ["GIT_PROJECT_ROOT"] = Path.GetDirectoryName(repository.Git.Folder)!,
            ["GIT_HTTP_EXPORT_ALL"] = "1",
            ["PATH_INFO"] = "/" + Path.GetFileName(repository.Git.Folder) + "/" + string.Join('/', request.Path.Value!.Split('/')[3..]),
            ["REQUEST_METHOD"] = request.Method,
            ["QUERY_STRING"] = request.QueryString.Value?.TrimStart('?') ?? "",
            ["CONTENT_TYPE"] = request.ContentType ?? "",
            ["GIT_PROTOCOL"] = request.Headers["Git-Protocol"].ToString(),
            ["HTTP_CONTENT_ENCODING"] = request.Headers.ContentEncoding.ToString(),
            ["REMOTE_ADDR"] = "127.0.0.1",
        };
        if (request.ContentLength is { } length)
            variables["CONTENT_LENGTH"] = length.ToString(CultureInfo.InvariantCulture);
        if (actor is not null)
            variables["REMOTE_USER"] = actor.Login;
        return variables;
    }
}
