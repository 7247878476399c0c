using System.Globalization;
using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>Sending blobs: at once, in chunks, or by mounting what another repository has.</summary>
internal static class UploadRequests
{
    public static async Task<IResult> HandleAsync(RegistryCall call, string id)
    {
        if (id.Length == 0)
            return HttpMethods.IsPost(call.Http.Request.Method) ? await StartAsync(call) : RegistryError.Unsupported.Answer();
        if (await call.Registry.Uploads.FindAsync(call.Repository, id, call.Aborted) is not { } upload)
            return RegistryError.UploadUnknown(id).Answer();
        using var turn = await upload.EnterAsync(call.Aborted);
        switch (call.Http.Request.Method)
        {
            case "PATCH":
                if (WrongPlace(call, upload) is { } refusal)
                    return refusal;
                await upload.AppendAsync_NeedsTurn(call.Http.Request.Body, call.Aborted);
                return Progress(call, upload, StatusCodes.Status202Accepted);
            case "PUT":
                return await FinishAsync(call, upload);
            case "GET":
                return Progress(call, upload, StatusCodes.Status204NoContent);
            case "DELETE":
                call.Registry.Uploads.Drop(upload);
                return Results.NoContent();
            default:
                return RegistryError.Unsupported.Answer();
        }
    }

    private static async Task<IResult> StartAsync(RegistryCall call)
    {
        if (call.Query("mount") is { } mount)
        {
            if (!ContentDigest.TryParse(mount, out var wanted))
                return RegistryError.DigestInvalid(mount).Answer();
            if (await call.Registry.MountAsync(call.Repository, wanted, call.Query("from"), call.Actor!))
                return Created(call, wanted);
        }

        var upload = call.Registry.Uploads.Start(call.Repository);
        using var turn = await upload.EnterAsync(call.Aborted);
        return call.Query("digest") is null ? Progress(call, upload, StatusCodes.Status202Accepted) : await FinishAsync(call, upload);
    }

    private static async Task<IResult> FinishAsync(RegistryCall call, UploadSession upload)
    {
        var text = call.Query("digest") ?? "";
        if (!ContentDigest.TryParse(text, out var digest))
            return RegistryError.DigestInvalid(text).Answer();
        if (WrongPlace(call, upload) is { } refusal)
            return refusal;
        await upload.AppendAsync_NeedsTurn(call.Http.Request.Body, call.Aborted);
        return await call.Registry.FinishUploadAsync_NeedsTurn(upload, digest, call.Actor!) is { } fault ? fault.Answer() : Created(call, digest);
    }

    // A chunk that says where it belongs must belong to the end.
    private static IResult? WrongPlace(RegistryCall call, UploadSession upload)
    {
        var range = call.Http.Request.Headers.ContentRange.ToString();
        if (range.Length == 0)
            return null;
        var start = range.Replace("bytes ", "", StringComparison.Ordinal).Split('-')[0];
        if (long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at == upload.Length)
            return null;
        return Progress(call, upload, StatusCodes.Status416RangeNotSatisfiable);
    }

    private static IResult Progress(RegistryCall call, UploadSession upload, int status)
    {
        call.Locate($"blobs/uploads/{upload.Id}");
        // The specification has no way to say "nothing yet" but this.
        call.Header("Range", $"0-{Math.Max(upload.Length - 1, 0).ToString(CultureInfo.InvariantCulture)}");
        call.Header("Docker-Upload-UUID", upload.Id);
        return Results.StatusCode(status);
    }

    private static IResult Created(RegistryCall call, ContentDigest digest)
    {
        call.Locate($"blobs/{digest}");
        call.Digest(digest);
        return Results.StatusCode(StatusCodes.Status201Created);
    }
}
