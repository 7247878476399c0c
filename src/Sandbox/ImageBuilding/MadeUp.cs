using System.Security.Cryptography;
using System.Text;

namespace ReleaseDashboard.Sandbox.ImageBuilding;

/// <summary>
/// Stands in for what nobody here can run or pull: the programs of a base image, and what a command would have installed. The same
/// for the same words, and as hard to pack as programs are.
/// </summary>
internal static class MadeUp
{
    private const int PackageSize = 18_000;

    public static LayerFile Bytes(string words, int size)
    {
        var content = new byte[size];
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(words));
        for (var at = 0; at < size; at += seed.Length)
        {
            seed = SHA256.HashData(seed);
            seed.AsSpan(0, Math.Min(seed.Length, size - at)).CopyTo(content.AsSpan(at));
        }

        return new LayerFile(content, IsProgram: true);
    }

    /// <summary>Files of an image that is not in the sandbox.</summary>
    public static Dictionary<string, LayerFile> Base(string image, string platform)
    {
        var name = image[(image.LastIndexOf('/') + 1)..].Split(':')[0];
        var size = name switch { "alpine" or "busybox" => 90_000, "debian" or "ubuntu" or "python" => 420_000, _ => 200_000 };
        return new Dictionary<string, LayerFile>
        {
            ["etc/os-release"] = new(Encoding.UTF8.GetBytes($"ID={name}\nPRETTY_NAME=\"{image} of the sandbox\"\n")),
            ["bin/sh"] = Bytes($"{image} {platform} sh", size / 4),
            [$"usr/lib/lib{name}.so"] = Bytes($"{image} {platform} library", size * 3 / 4),
        };
    }

    /// <summary>Files that a command leaves: the more it names, the more it leaves.</summary>
    public static Dictionary<string, LayerFile> Run(string command, string platform)
    {
        var packages = command.Contains("install", StringComparison.Ordinal) || command.Contains("apk add", StringComparison.Ordinal)
            ? command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => char.IsAsciiLetterLower(word[0]) && word.Length > 3)
            : 0;
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(command)))[..12];
        return new Dictionary<string, LayerFile>
        {
            [$"var/lib/sandbox/run-{id}.txt"] = new(Encoding.UTF8.GetBytes(command + "\n")),
            [$"usr/lib/sandbox/run-{id}.so"] = Bytes($"{command} {platform}", 4_000 + (packages * PackageSize)),
        };
    }
}
