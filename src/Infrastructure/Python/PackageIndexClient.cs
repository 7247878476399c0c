using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Python;

/// <summary>Asks package indexes what they have. Only reads; uploads are twine's business.</summary>
public sealed class PackageIndexClient(HttpClient http, TimeProvider time)
{
    private const int Tries = 3;
    private const int BufferSize = 128 * 1024;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest download.</summary>
    public TimeSpan DownloadTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>One version by the JSON API; null when the index does not have it.</summary>
    public Task<Result<PackageVersion?, PackageIndexError>> VersionAsync(
        PackageIndex index, string name, string version, CancellationToken cancellation)
    {
        var address = new Uri(Folder(index.JsonUrl), $"{Segment(name)}/{Uri.EscapeDataString(version)}/json");
        return AskAsync(address, "application/json", PackageIndexJson.Version, cancellation);
    }

    /// <summary>All files of a project by the simple API, which is what pip sees; null when the index does not have the project.</summary>
    public Task<Result<PackageProject?, PackageIndexError>> ProjectAsync(PackageIndex index, string name, CancellationToken cancellation)
    {
        var address = new Uri(Folder(index.SimpleUrl), $"{Segment(name)}/");
        return AskAsync(address, "application/vnd.pypi.simple.v1+json", root => PackageIndexJson.Project(root, address), cancellation);
    }

    /// <summary>Downloads a file; it appears under its path only whole and with the right hash.</summary>
    /// <param name="sha256">What the bytes must hash to, 64 hexadecimal digits.</param>
    /// <returns>The number of bytes.</returns>
    public async Task<Result<long, PackageIndexError>> DownloadAsync(Uri url, string sha256, string path, CancellationToken cancellation)
    {
        var part = $"{path}.part";
        using var deadline = new CancellationTokenSource(DownloadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode) return Refused(response.StatusCode, url);
            var (length, actual) = await SaveAsync(response, part, either.Token);
            if (!actual.Equals(sha256, StringComparison.OrdinalIgnoreCase))
                return new PackageIndexError(PackageIndexFailure.HashMismatch, null, $"{url} has SHA-256 {actual}, not {sha256}.");
            File.Move(part, path, overwrite: true);
            return length;
        }
        catch (Exception fault) when (IsTransport(fault, deadline, cancellation))
        {
            return Unreachable(url, fault);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task<(long Length, string Sha256)> SaveAsync(HttpResponseMessage response, string part, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var source = await response.Content.ReadAsStreamAsync(cancellation);
        await using var target = File.Create(part);
        var buffer = new byte[BufferSize];
        long length = 0;
        int count;
        while ((count = await source.ReadAsync(buffer, cancellation)) > 0)
        {
            hash.AppendData(buffer, 0, count);
            await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
            length += count;
        }

        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private async Task<Result<T?, PackageIndexError>> AskAsync<T>(
        Uri address, string accept, Func<JsonElement, T> read, CancellationToken cancellation)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await AskOnceAsync(address, accept, read, cancellation);
            var passing = result.Error is { Kind: PackageIndexFailure.Unreachable } or { Status: >= 500 or 429 };
            if (!passing || attempt == Tries) return result;
            await Task.Delay(RetryDelay * attempt, time, cancellation);
        }
    }

    private async Task<Result<T?, PackageIndexError>> AskOnceAsync<T>(
        Uri address, string accept, Func<JsonElement, T> read, CancellationToken cancellation)
        where T : class
    {
        using var deadline = new CancellationTokenSource(AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.UserAgent.ParseAdd("ReleaseDashboard");
        // A cached page may miss what was uploaded a moment ago.
        request.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            if (response.StatusCode == HttpStatusCode.NotFound) return (T?)null;
            if (!response.IsSuccessStatusCode) return Refused(response.StatusCode, address);
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(either.Token));
            return read(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException or ArgumentNullException)
        {
            return new PackageIndexError(PackageIndexFailure.Malformed, null, $"{address} answered something else than {accept}: {fault.Message}");
        }
        catch (Exception fault) when (IsTransport(fault, deadline, cancellation))
        {
            return Unreachable(address, fault);
        }
    }

    private static bool IsTransport(Exception fault, CancellationTokenSource deadline, CancellationToken cancellation) =>
        // A full disk is an IOException too, but has no socket in it.
        fault is HttpRequestException or HttpIOException or IOException { InnerException: SocketException }
        || (fault is OperationCanceledException && deadline.IsCancellationRequested && !cancellation.IsCancellationRequested);

    private static PackageIndexError Unreachable(Uri address, Exception fault) =>
        new(PackageIndexFailure.Unreachable, null, $"{address} gave no answer: {fault.Message}");

    private static PackageIndexError Refused(HttpStatusCode status, Uri address) =>
        new(PackageIndexFailure.Refused, (int)status, $"{address} answered {(int)status} {status}.");

    private static Uri Folder(Uri address) => address.AbsoluteUri.EndsWith('/') ? address : new Uri($"{address.AbsoluteUri}/");

    private static string Segment(string name) =>
        PackageName.IsValid(name) ? PackageName.Normalize(name) : throw new ArgumentException($"'{name}' is no package name.", nameof(name));
}
