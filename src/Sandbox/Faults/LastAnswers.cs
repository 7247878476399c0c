using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace ReleaseDashboard.Sandbox.Faults;

/// <summary>The last answer to each API read, from which stale reads are served.</summary>
internal sealed class LastAnswers
{
    private const int Most = 2000;
    private readonly ConcurrentDictionary<string, Answer> answers = new();

    public Answer? Find(HttpRequest request) => Remembers(request) ? answers.GetValueOrDefault(Key(request)) : null;

    public async Task RememberAsync(HttpContext context, RequestDelegate next)
    {
        if (!Remembers(context.Request))
        {
            await next(context);
            return;
        }

        var wire = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = wire;
        }

        var answer = new Answer(context.Response.StatusCode, context.Response.ContentType, copy.ToArray());
        // Not-modified answers and redirects to files say nothing about the state.
        if (answer.Status is 200 or 404 && (answers.Count < Most || answers.ContainsKey(Key(context.Request))))
            answers[Key(context.Request)] = answer;
        if (answer.Body.Length > 0) // a 304 must not be written to at all: the server closes the connection over it
            await wire.WriteAsync(answer.Body, context.RequestAborted);
    }

    // Only small reads are kept: documents of the API and of the indexes, neither git data nor files.
    private static bool Remembers(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/sandbox")
        && (request.Path.StartsWithSegments("/api/v3") || request.Path.StartsWithSegments("/indexes"))
        && !request.Headers.Accept.ToString().Contains("octet-stream", StringComparison.Ordinal)
        && !IsFile(request.Path);

    private static bool IsFile(PathString path) =>
        path.StartsWithSegments("/indexes") && Path.GetExtension(path.Value) is not ("" or null or ".json");

    private static string Key(HttpRequest request) => $"{request.Path}{request.QueryString} {request.Headers.Accept}";

    internal sealed record Answer(int Status, string? ContentType, byte[] Body)
    {
        public async Task WriteAsync(HttpContext context)
        {
            context.Response.StatusCode = Status;
            context.Response.ContentType = ContentType;
            await context.Response.Body.WriteAsync(Body, context.RequestAborted);
        }
    }
}
