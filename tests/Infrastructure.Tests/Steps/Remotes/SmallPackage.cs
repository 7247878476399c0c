using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

/// <summary>A source distribution that pip can build and that has one command, <c>tool</c>.</summary>
internal sealed record SmallPackage(string File, string Path, string Sha256)
{
    /// <param name="says">What <c>tool --version</c> prints.</param>
    public static SmallPackage Write(string workspace, string version = "1.2.0", string summary = "Small", string? says = null)
    {
        var name = $"tool-{version}.tar.gz";
        var path = System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(workspace, "dist")).FullName, name);
        using (var file = System.IO.File.Create(path))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            void Add(string entry, string text) => tar.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, $"tool-{version}/{entry}") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            Add("PKG-INFO", $"Metadata-Version: 2.1\nName: tool\nVersion: {version}\nSummary: {summary}\nRequires-Python: >=3.8\nDescription-Content-Type: text/plain\n\nSmall.\n");
            Add("pyproject.toml", "[build-system]\nrequires = [\"setuptools\", \"wheel\"]\nbuild-backend = \"setuptools.build_meta\"\n");
            Add("setup.py", $"from setuptools import setup\nsetup(name='tool', version='{version}', py_modules=['tool'], entry_points={{'console_scripts': ['tool = tool:main']}})\n");
            Add("tool.py", $"import os\n\ndef main():\n    print('tool {says ?? version}', sorted(name for name in os.environ if name.startswith('PYTHONPATH')))\n");
        }
        return new SmallPackage(name, path, Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(path))));
    }
}
