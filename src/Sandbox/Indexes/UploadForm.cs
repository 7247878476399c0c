using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>An upload as it came in: its fields, and the file in a temporary place that goes when this is disposed.</summary>
internal sealed class UploadForm(string temporaryPath) : IDisposable
{
    private const long FileLimit = 100L << 20;
    private const int FieldsLimit = 10 << 20;

    internal Dictionary<string, List<string>> Fields { get; } = [];

    internal string? FileName { get; private set; }

    /// <summary>Digests of the bytes received; null without a file, or with one over the limit.</summary>
    internal FileDigests? Digests { get; private set; }

    internal bool TooLarge { get; private set; }

    internal string TemporaryPath => temporaryPath;

    internal string? Field(string name) => Fields.TryGetValue(name, out var values) ? values[0] : null;

    /// <summary>What an upload tool sends for a file, of its name and of the metadata in it.</summary>
    /// <param name="path">The file; it goes when the form is disposed.</param>
    internal static async Task<UploadForm> OfFileAsync(string path, string fileName, CancellationToken cancellationToken)
    {
        var type = DistributionFileName.TryParse(fileName)?.PackageType ?? throw new InvalidDataException($"{fileName} names no distribution.");
        var digests = await FileDigests.OfAsync(path, cancellationToken);
        var form = new UploadForm(path) { FileName = fileName, Digests = digests };
        foreach (var (name, values) in CoreMetadata.Parse(await DistributionArchive.ReadMetadataAsync(path, type, cancellationToken) ?? ""))
            form.Fields[name] = [.. values];
        (string, string)[] transport = [(":action", "file_upload"), ("protocol_version", "1"), ("filetype", type), ("pyversion", type == "sdist" ? "source" : "py3"), ("sha256_digest", digests.Sha256)];
        foreach (var (name, value) in transport)
            form.Fields[name] = [value];
        return form;
    }

    /// <summary>Reads a multipart body; the file goes to the disk as it comes.</summary>
    /// <exception cref="InvalidDataException">The body is no multipart form.</exception>
    internal static async Task<UploadForm> ReadAsync(HttpRequest request, string temporaryPath, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
            throw new InvalidDataException("multipart/form-data is needed");
        var form = new UploadForm(temporaryPath);
        try
        {
            var left = FieldsLimit;
            var reader = new MultipartReader(boundary.ToString(), request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                    throw new InvalidDataException("a part has no name");
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                if (name == "content")
                {
                    await form.ReceiveAsync(section.Body, HeaderUtilities.RemoveQuotes(disposition.FileName).ToString(), cancellationToken);
                    continue;
                }

                var value = await new StreamReader(section.Body).ReadToEndAsync(cancellationToken);
                if ((left -= value.Length) < 0)
                    throw new InvalidDataException("the fields are larger than 10 MB");
                if (!form.Fields.TryGetValue(name, out var values))
                    form.Fields[name] = values = [];
                values.Add(value);
            }

            return form;
        }
        catch
        {
            form.Dispose();
            throw;
        }
    }

    public void Dispose() => File.Delete(temporaryPath);

    private async Task ReceiveAsync(Stream body, string fileName, CancellationToken cancellationToken)
    {
        FileName = fileName;
        await using var file = File.Create(temporaryPath);
        Digests = await FileDigests.CopyAsync(body, file, FileLimit, cancellationToken);
        TooLarge = Digests is null;
        file.Flush(flushToDisk: true);
        if (TooLarge)
            await body.CopyToAsync(Stream.Null, cancellationToken);
    }
}
