using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>
/// Lets this machine run programs for 64-bit ARM through Debian's QEMU. A package does that at boot where there is systemd;
/// elsewhere the tests tell the kernel themselves, which takes root and stays until the machine is restarted.
/// </summary>
public static class Emulation
{
    private const string Folder = "/proc/sys/fs/binfmt_misc";
    private const string Qemu = "/usr/bin/qemu-aarch64-static";

    // The head of every ELF program for this processor. F: the kernel opens QEMU now, so that it is found inside containers too.
    private const string Rule =
        ":qemu-aarch64:M::\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00"
        + ":\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:" + Qemu + ":OCF";

    public static Platform LinuxArm64 { get; } = Platform.Parse("linux/arm64");

    /// <summary>Whether programs for ARM run here; told to the kernel when that takes no more than saying so.</summary>
    public static async Task<bool> IsReadyAsync()
    {
        if (!IsTold() && Environment.IsPrivilegedProcess && File.Exists(Qemu))
        {
            if (!File.Exists(Path.Combine(Folder, "register")))
                await Tool.RunAsync("mount", ["-t", "binfmt_misc", "none", Folder]);
            try
            {
                await File.WriteAllTextAsync(Path.Combine(Folder, "register"), Rule);
            }
            catch (IOException)
            {
                // Another run of the tests told it at the same moment, or the kernel has no such thing: the look below says which.
            }
        }
        return IsTold();
    }

    private static bool IsTold() => Directory.Exists(Folder) && Directory.EnumerateFiles(Folder, "*aarch64*").Any();
}
