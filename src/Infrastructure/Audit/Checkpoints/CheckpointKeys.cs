using System.Security.Cryptography;
using ReleaseDashboard.Core.Audit.Checkpoints;

namespace ReleaseDashboard.Infrastructure.Audit.Checkpoints;

/// <summary>
/// The keys of checkpoints, as PEM files beside the keys of data protection: whoever owns only the database cannot sign.
/// The public halves of all keys stay, so that old checkpoints can be checked after a rotation.
/// </summary>
public sealed class CheckpointKeys(string folder)
{
    private const string PrivateFile = "audit-signing.pem";
    private const string PublicPrefix = "audit-public-";

    /// <summary>The key that signs now, made when there is none yet. The caller disposes it.</summary>
    public ECDsa Current()
    {
        var file = Path.Combine(folder, PrivateFile);
        if (!File.Exists(file))
            Create(file);
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return key;
    }

    /// <summary>Makes a new key, which signs from now on. The old private key is deleted, its public half stays.</summary>
    /// <returns>The ids of the old key and the new one.</returns>
    public (string Old, string New) Rotate()
    {
        using var old = Current();
        File.Delete(Path.Combine(folder, PrivateFile));
        using var fresh = Current();
        return (CheckpointKey.IdOf(old), CheckpointKey.IdOf(fresh));
    }

    /// <summary>Public keys by id, as PEM: this installation's, old ones included.</summary>
    public IReadOnlyDictionary<string, string> Public()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return found;
        foreach (var file in Directory.EnumerateFiles(folder, PublicPrefix + "*.pem"))
        {
            var pem = File.ReadAllText(file);
            found[IdOf(pem)] = pem;
        }
        return found;
    }

    /// <exception cref="ArgumentException">The text holds no key.</exception>
    public static string IdOf(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return CheckpointKey.IdOf(key);
    }

    private void Create(string file)
    {
        Directory.CreateDirectory(folder);
        using var key = CheckpointKey.Create();
        File.WriteAllText(Path.Combine(folder, $"{PublicPrefix}{CheckpointKey.IdOf(key)}.pem"), key.ExportSubjectPublicKeyInfoPem() + "\n");
        // Written elsewhere and moved without replacing: two processes that start together end up with one key.
        var draft = file + "." + Guid.CreateVersion7().ToString("N");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(new FileStream(draft, options)))
            writer.Write(key.ExportPkcs8PrivateKeyPem() + "\n");
        try
        {
            File.Move(draft, file);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }
}
