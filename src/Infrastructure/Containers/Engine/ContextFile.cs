using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>Opens a file of a build's folder so that neither a link nor a pipe in its place does harm.</summary>
internal static class ContextFile
{
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    // Its number depends on the processor.
    private static readonly int NoFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <returns>Null when it is a pipe or the like. File.Open would follow a link, and wait for ever on a pipe.</returns>
    /// <exception cref="BuildContextException">It cannot be read.</exception>
    public static FileStream? Open(string path)
    {
        var handle = Open(path, NonBlocking | CloseOnExec | NoFollow, 0);
        if (handle.IsInvalid)
        {
            var error = Marshal.GetLastPInvokeErrorMessage();
            handle.Dispose();
            throw new BuildContextException($"{Path.GetFileName(path)} cannot be read: {error}.");
        }
        var stream = new FileStream(handle, FileAccess.Read);
        if (stream.CanSeek)
            return stream;
        stream.Dispose();
        return null;
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);
}
