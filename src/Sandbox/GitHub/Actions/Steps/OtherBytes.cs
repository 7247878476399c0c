namespace ReleaseDashboard.Sandbox.GitHub.Actions.Steps;

/// <summary>Makes another file of a distribution that holds the same, as a workflow does that builds anew: valid, but with another hash.</summary>
internal static class OtherBytes
{
    private const int TimeInGzip = 4;
    private const int EndOfZip = 22;
    private const int CommentInEnd = 20;

    public static async Task MakeAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        if (bytes is [0x1f, 0x8b, ..])
        {
            // The time in the head of a gzip file: nothing that is packed depends on it.
            bytes[TimeInGzip] ^= 0xff;
        }
        else
        {
            // A comment at the end of a zip file that has none.
            bytes[bytes.Length - EndOfZip + CommentInEnd] = 1;
            bytes = [.. bytes, (byte)'x'];
        }

        await File.WriteAllBytesAsync(path, bytes, cancellationToken);
    }
}
