using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace ReleaseDashboard.Infrastructure.Secrets;

/// <summary>The shapes in which one secret value turns up in output: as it is, encoded, escaped.</summary>
internal static class SecretForms
{
    /// <summary>Shorter values are not masked: they would hide half of every log and protect nothing.</summary>
    public const int MinimumLength = 6;

    public static IEnumerable<string> Of(string secret)
    {
        var value = secret.Trim();
        if (value.Length < MinimumLength) return [];
        return Raw(value)
            .Concat(Base64(value))
            .Concat(UrlEncoded(value))
            .Concat(JsonEscaped(value))
            .Concat(Hexadecimal(value))
            .Select(WithoutLineEnds)
            .Where(form => form.Length >= MinimumLength)
            .Distinct(StringComparer.Ordinal);
    }

    // Line ends are skipped in the text too, so that a wrapped value is found. Each line of a key is a secret by itself.
    private static IEnumerable<string> Raw(string value) =>
        value.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length >= 2 * MinimumLength).Prepend(value);

    /// <summary>Inside a longer encoded text (as in a Basic header) the value starts at one of three places of a group of three bytes.</summary>
    private static IEnumerable<string> Base64(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        for (var offset = 0; offset < 3; offset++)
        {
            var text = Convert.ToBase64String([.. new byte[offset], .. bytes]);
            var first = ((offset * 8) + 5) / 6;
            var last = (offset + bytes.Length) * 8 / 6; // characters that hold bits of this value only
            var stable = text[first..last];
            yield return stable;
            yield return stable.Replace('+', '-').Replace('/', '_');
        }
    }

    private static IEnumerable<string> UrlEncoded(string value)
    {
        var strict = Uri.EscapeDataString(value);
        var form = WebUtility.UrlEncode(value);
        var path = strict.Replace("%2F", "/", StringComparison.Ordinal);
        return new[] { strict, form, path }.SelectMany(text => new[] { text, LowerHex(text) });
    }

    private static string LowerHex(string encoded)
    {
        var text = new StringBuilder(encoded);
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] != '%') continue;
            text[i + 1] = char.ToLowerInvariant(text[i + 1]);
            text[i + 2] = char.ToLowerInvariant(text[i + 2]);
        }

        return text.ToString();
    }

    private static IEnumerable<string> JsonEscaped(string value)
    {
        var few = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);
        var many = JavaScriptEncoder.Default.Encode(value);
        yield return few;
        yield return many;
        yield return few.Replace("/", "\\/", StringComparison.Ordinal);
        // Python's json.dumps and most others: only quotes, backslashes, controls and what is not ASCII, in lower case.
        var python = new StringBuilder();
        foreach (var c in value)
        {
            python.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or > '~' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        yield return python.ToString();
    }

    private static IEnumerable<string> Hexadecimal(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return [Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes)];
    }

    private static string WithoutLineEnds(string text) =>
        text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
