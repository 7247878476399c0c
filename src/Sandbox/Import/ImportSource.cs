namespace ReleaseDashboard.Sandbox.Import;

/// <summary>Where a repository may be imported from: a path of this machine, or an http(s) address without credentials.</summary>
internal static class ImportSource
{
    /// <returns>The source in a form git cannot misunderstand, or the reason why it is refused.</returns>
    internal static (string? Source, string? Refusal) Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || text[0] == '-' || text.Any(char.IsControl))
            return (null, $"'{text}' is no path and no address.");
        if (Directory.Exists(text) || File.Exists(text))
            return (Path.GetFullPath(text), null);
        if (text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            // Arguments can be read by every process of the machine.
            return address.UserInfo.Length > 0
                ? (null, "The address holds a user name or password; import from an address without, or from a clone on this machine.")
                : (address.AbsoluteUri, null);
        }

        return text.Contains(':', StringComparison.Ordinal)
            ? (null, $"'{text}' cannot be imported: a path of this machine or an http(s) address is needed.")
            : (null, $"There is nothing at '{text}'.");
    }
}
