using System.Security.Cryptography;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>Size and digests of a file, hexadecimal in lower case.</summary>
internal sealed record FileDigests(long Size, string Sha256, string Md5, string Blake2b256)
{
    /// <summary>Copies a stream and takes the digests of what went through.</summary>
    /// <returns>Null when more than <paramref name="limit"/> bytes came.</returns>
    internal static async Task<FileDigests?> CopyAsync(Stream source, Stream target, long limit, CancellationToken cancellationToken)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var blake = new Blake2b();
        var buffer = new byte[81920];
        long size = 0;
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            size += read;
            if (size > limit)
                return null;
            sha256.AppendData(buffer, 0, read);
            md5.AppendData(buffer, 0, read);
            blake.Append(buffer.AsSpan(0, read));
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return new FileDigests(size, Hex(sha256.GetHashAndReset()), Hex(md5.GetHashAndReset()), Hex(blake.Finish()));
    }

    internal static async Task<FileDigests> OfAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return (await CopyAsync(file, Stream.Null, long.MaxValue, cancellationToken))!;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
