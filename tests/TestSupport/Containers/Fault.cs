using Microsoft.AspNetCore.Http;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>What a <see cref="FaultProxy"/> spoils.</summary>
/// <param name="method">Of the requests it is for.</param>
/// <param name="path">Regular expression over path and query.</param>
/// <param name="times">For how many requests; all when left out.</param>
public sealed class Fault(string method, string path, int times = int.MaxValue)
{
    public string Method => method;

    public string Path => path;

    /// <summary>Answers in the server's place.</summary>
    public Func<HttpContext, Task>? Answer { get; init; }

    /// <summary>The server takes the request, and the connection is dropped before its answer.</summary>
    public bool LoseAnswer { get; init; }

    /// <summary>The connection is dropped after so many bytes of the answer's body.</summary>
    public long? CutResponseAfter { get; init; }

    /// <summary>The connection is dropped after so many bytes of the request's body.</summary>
    public long? CutRequestAfter { get; init; }

    /// <summary>One bit of the answer's body is turned.</summary>
    public bool Spoil { get; init; }

    internal int Left { get; set; } = times;

    /// <summary>An error in a registry's words.</summary>
    public static Fault Refusing(string method, string path, int status, string code, string message, string? retryAfter = null, int times = int.MaxValue) => new(method, path, times)
    {
        Answer = async context =>
        {
            context.Response.StatusCode = status;
            if (retryAfter is not null)
                context.Response.Headers.RetryAfter = retryAfter;
            await context.Response.WriteAsJsonAsync(new { errors = new[] { new { code, message } } });
        },
    };
}
