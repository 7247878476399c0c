using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ReleaseDashboard.Sandbox.Demo;

/// <summary>Packs a source distribution whose bytes depend on its content only.</summary>
internal static class SourceDistribution
{
    /// <param name="stem">Name without the ending; also the folder within.</param>
    /// <param name="files">Text by path.</param>
    /// <param name="time">Time of each file in the archive.</param>
    internal static byte[] Pack(string stem, IEnumerable<KeyValuePair<string, string>> files, DateTimeOffset time)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (path, text) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{stem}/{path}")
                {
                    DataStream = content,
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                    ModificationTime = time,
                });
            }
        }

        return packed.ToArray();
    }

    /// <summary>The <c>PKG-INFO</c> that setuptools makes of the demo's <c>setup.cfg</c> and README.</summary>
    internal static string Metadata(string version, IReadOnlyDictionary<string, string> files)
    {
        var configuration = files["setup.cfg"].Split('\n');
        var metadata = new StringBuilder($"Metadata-Version: 2.1\nName: hello-wrapper\nVersion: {version}\n");
        foreach (var (key, field) in new[]
        {
            ("description", "Summary"), ("url", "Home-page"), ("author", "Author"), ("author_email", "Author-email"), ("license", "License"),
        })
        {
            metadata.Append($"{field}: {configuration.First(line => line.StartsWith(key + " = ", StringComparison.Ordinal))[(key.Length + 3)..]}\n");
        }

        foreach (var line in configuration.Where(line => line.Contains(" :: ", StringComparison.Ordinal)))
            metadata.Append($"Classifier: {line.Trim()}\n");
        metadata.Append("Requires-Python: >=3.9\nDescription-Content-Type: text/markdown\nLicense-File: LICENSE\n");
        return metadata.Append('\n').Append(files["README.md"]).ToString();
    }
}
