using System.Text.Json;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.State;

/// <summary>A JSON document on disk that is either the old one or the new one, whenever the process dies.</summary>
internal static class DocumentFile
{
    internal static T? Load<T>(string path)
        where T : class =>
        File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), SandboxJson.Readable) : null;

    internal static void Save<T>(string path, T document)
    {
        var next = path + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, document, SandboxJson.Readable);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
