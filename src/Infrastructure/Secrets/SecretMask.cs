using System.Buffers;
using System.Text;

namespace ReleaseDashboard.Infrastructure.Secrets;

/// <summary>
/// Hides secret values in text: raw, base64, URL-encoded, JSON-escaped and hexadecimal, also when cut by line ends, ANSI colour
/// codes or the borders of chunks. Values under six characters are not masked.
/// </summary>
public sealed class SecretMask
{
    public const string Replacement = "***";

    private readonly SearchValues<string> _search;
    private readonly Dictionary<char, string[]> _byFirst;

    public SecretMask(IEnumerable<string> secrets)
    {
        string[] forms = [.. secrets.SelectMany(SecretForms.Of).Distinct(StringComparer.Ordinal)];
        _search = SearchValues.Create(forms, StringComparison.Ordinal);
        _byFirst = forms
            .GroupBy(form => form[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(form => form.Length).ToArray());
        Longest = forms.Length == 0 ? 0 : forms.Max(form => form.Length);
    }

    /// <summary>True when a value is too short to be masked, so whoever stores it can be told.</summary>
    public static bool IsTooShort(string secret) => secret.Trim().Length < SecretForms.MinimumLength;

    /// <summary>Length of the longest form; 0 when there is nothing to mask.</summary>
    internal int Longest { get; }

    /// <summary>Masks a whole text.</summary>
    public string Apply(string text)
    {
        if (Longest == 0) return text;
        var output = new StringBuilder(text.Length);
        var stream = Start();
        stream.Add(text, output);
        stream.Finish(output);
        return output.ToString();
    }

    /// <summary>Starts masking a text that arrives in chunks. One stream serves one text.</summary>
    public SecretMaskStream Start() => new(this);

    /// <summary>The next match at or after a position: its start and the length of the longest form there; start is -1 when there is none.</summary>
    internal (int Start, int Length) Next(ReadOnlySpan<char> text, int from)
    {
        var found = text[from..].IndexOfAny(_search);
        if (found < 0) return (-1, 0);
        var start = from + found;
        foreach (var form in _byFirst[text[start]])
            if (text[start..].StartsWith(form, StringComparison.Ordinal)) return (start, form.Length);
        throw new InvalidOperationException("A match that no form explains.");
    }

    /// <summary>Where the end of the text may be the beginning of a form; the length of the text when it cannot.</summary>
    internal int PendingFrom(ReadOnlySpan<char> text)
    {
        for (var i = Math.Max(0, text.Length - Longest + 1); i < text.Length; i++)
        {
            if (!_byFirst.TryGetValue(text[i], out var forms)) continue;
            var rest = text[i..];
            foreach (var form in forms)
                if (form.Length > rest.Length && form.AsSpan().StartsWith(rest, StringComparison.Ordinal)) return i;
        }

        return text.Length;
    }
}
