namespace ReleaseDashboard.Web.Tests.Secrets;

/// <summary>A program in the place of Python that tells the upload token in every way it can, and then fails.</summary>
internal static class TalkativeTool
{
    private const string Script =
        """"
        #!/usr/bin/python3 -u
        import base64, fcntl, glob, json, os, struct, termios, time, urllib.parse

        secret = os.environ["TWINE_PASSWORD"]
        data = secret.encode()
        half = len(secret) // 2

        def put(text, to=1):
            os.write(to, text if isinstance(text, bytes) else text.encode())

        def taken():
            # Goes on once the reader has what was written, so that the next write is a read of its own.
            end = time.monotonic() + 20
            while struct.unpack("i", fcntl.ioctl(1, termios.FIONREAD, b"\0" * 4))[0] and time.monotonic() < end:
                time.sleep(0.002)

        put(f"raw {secret}\n")
        put(f"base64 {base64.b64encode(data).decode()}\n")
        put(f"basic {base64.b64encode(b'__token__:' + data).decode()}\n")
        put(f"wrapped {base64.encodebytes(b'u' * 40 + data).decode()}")
        put(f"url {urllib.parse.quote(secret, safe='')}\n")
        put(f"form {urllib.parse.quote_plus(secret)}\n")
        put(f"json {json.dumps(secret)}\n")
        put(f"hex {data.hex()}\n")
        put(f"split {secret[:half]}"); taken(); put(f"{secret[half:]}\n"); taken()
        cut = data.index(b"\xc3") + 1
        put(b"letter " + data[:cut]); taken(); put(data[cut:] + b"\n"); taken()
        put(f"colour \x1b[31m{secret[:half]}\x1b[1;32m{secret[half:]}\x1b[0m\n")
        put(f"both \x1b[31m{secret[:half]}\x1b["); taken(); put(f"32m{secret[half:]}\x1b[0m\n"); taken()
        put(f"reset {secret[:half]}\x1b(B\x1b[m{secret[half:]}\n")
        put(f"link \x1b]8;;https://x/{secret}\x1b\\here\x1b]8;;\x1b\\\n")
        put(f"title \x1b]0;{secret}\x07there\n")
        put(f"error {secret}\n", to=2)

        told = [path for path in glob.glob("/proc/[0-9]*/cmdline") if path]
        def holds(path):
            try:
                return data in open(path, "rb").read()
            except OSError:
                return False
        put(f"processes {len(told) > 1}, in arguments {sum(map(holds, told))}\n")
        os._exit(1)
        """";

    /// <summary>Writes it into the folder and makes it a program; its path.</summary>
    public static async Task<string> WriteAsync(string folder)
    {
        var path = Path.Combine(folder, "talkative");
        await File.WriteAllTextAsync(path, Script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
