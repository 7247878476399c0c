using System.Diagnostics;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>A user of a <see cref="RegistryServer"/>.</summary>
public sealed record RegistryLogin(string User, string Password)
{
    // docker-registry reads bcrypt only, which .NET does not have; Debian's Python has it through libcrypt.
    private const string Bcrypt = "import crypt, sys; print(crypt.crypt(sys.stdin.read(), crypt.mksalt(crypt.METHOD_BLOWFISH, rounds=16)))";

    internal async Task<string> HtpasswdLineAsync()
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-W", "ignore", "-c", Bcrypt])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await python.StandardInput.WriteAsync(Password);
        python.StandardInput.Close();
        var hash = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return hash.StartsWith("$2", StringComparison.Ordinal)
            ? $"{User}:{hash.Trim()}\n"
            : throw new InvalidOperationException("This Python has no bcrypt.");
    }
}
