using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ReleaseDashboard.Sandbox.Tests.Tools;

/// <summary>The smallest source distribution that an index takes.</summary>
public static class SmallDistribution
{
    public static string Write(string folder, string name, string version, string summary = "Small")
    {
        var path = Path.Combine(folder, $"{name}-{version}.tar.gz");
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip, TarEntryFormat.Ustar);
        var metadata = $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: {summary}\nRequires-Python: >=3.8\n"
            + "Description-Content-Type: text/plain\n\nSmall.\n";
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{name}-{version}/PKG-INFO")
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(metadata)),
        });
        return path;
    }
}
