using System.Text;

namespace ReleaseDashboard.Core.Images.Tags;

/// <summary>Text as a tag may hold it: what is no letter, digit, '.', '-' or '_' becomes one '-'.</summary>
internal static class SafeText
{
    public static string Of(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var good = char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
            if (good)
                safe.Append(c);
            else if (safe.Length == 0 || safe[^1] != '-')
                safe.Append('-');
        }
        return safe.ToString().Trim('-').TrimStart('.', '-');
    }
}
