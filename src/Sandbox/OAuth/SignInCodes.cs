using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ReleaseDashboard.Sandbox.Identity;

namespace ReleaseDashboard.Sandbox.OAuth;

/// <summary>What a person agreed to, until the code is exchanged.</summary>
internal sealed record SignIn(Persona Persona, string RedirectUri, string ClientId, string Challenge)
{
    /// <summary>Whether a verifier fits the challenge (RFC 7636, S256). Without a challenge nothing needs proof.</summary>
    public bool IsProvenBy(string verifier)
    {
        if (Challenge.Length == 0)
            return true;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return hash == Challenge;
    }
}

/// <summary>Codes that work once, within ten minutes.</summary>
internal sealed class SignInCodes(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, (SignIn SignIn, DateTimeOffset Until)> codes = new();

    public string Issue(SignIn signIn)
    {
        var code = RandomNumberGenerator.GetHexString(20, lowercase: true);
        codes[code] = (signIn, time.GetUtcNow() + Life);
        return code;
    }

    public SignIn? Redeem(string code) => codes.TryRemove(code, out var found) && found.Until >= time.GetUtcNow() ? found.SignIn : null;
}
