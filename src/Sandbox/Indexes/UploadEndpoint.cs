using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>The legacy upload API: one multipart form with one file.</summary>
internal static class UploadEndpoint
{
    internal static async Task HandleAsync(HttpContext context, PackageIndex index)
    {
        var cancellationToken = context.RequestAborted;
        if (index.Credentials.Accept(context.Request.Headers.Authorization) is not { } actor)
        {
            // Read to the end: a client that is still sending does not see an answer that comes before.
            await context.Request.Body.CopyToAsync(Stream.Null, cancellationToken);
            await AnswerAsync(context, new UploadAnswer(403, "Invalid or non-existent authentication information"));
            return;
        }

        try
        {
            using var form = await UploadForm.ReadAsync(context.Request, index.NewTemporaryPath(), cancellationToken);
            await AnswerAsync(context, await index.UploadAsync(form, actor, cancellationToken));
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException)
        {
            await AnswerAsync(context, UploadAnswer.Invalid("Invalid upload: " + error.Message));
        }
    }

    private static Task AnswerAsync(HttpContext context, UploadAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        // twine prints, and searches, the reason phrase.
        context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = answer.Message;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(answer.Status == 200 ? "" : $"{answer.Status} {answer.Message}\n", context.RequestAborted);
    }
}
