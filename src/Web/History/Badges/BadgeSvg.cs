using System.Globalization;
using System.Text;

namespace ReleaseDashboard.Web.History.Badges;

/// <summary>A small picture with two words, for READMEs.</summary>
internal static class BadgeSvg
{
    public const string Good = "#1f7a4d";
    public const string Bad = "#b3261e";
    public const string Busy = "#1864ab";
    public const string Calm = "#4a5468";

    // Widths of DejaVu Sans at 11 px, near enough; textLength makes any font keep to them.
    private const string Narrow = "fijlrtI.,:;'!|()[] ";
    private const string Wide = "mwMWQ@%";

    public static string Of(string label, string value, string colour)
    {
        var (left, right) = (Width(label) + 12, Width(value) + 12);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{left + right}\" height=\"20\" role=\"img\" aria-label=\"{Safe(label)}: {Safe(value)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{Safe(label)}: {Safe(value)}</title><clipPath id=\"r\"><rect width=\"{left + right}\" height=\"20\" rx=\"3\"/></clipPath><g clip-path=\"url(#r)\">");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{left}\" height=\"20\" fill=\"#2b3140\"/><rect x=\"{left}\" width=\"{right}\" height=\"20\" fill=\"{colour}\"/></g>");
        svg.Append(CultureInfo.InvariantCulture, $"<g fill=\"#fff\" font-family=\"DejaVu Sans,Verdana,sans-serif\" font-size=\"11\"><text x=\"6\" y=\"14\" textLength=\"{left - 12}\">{Safe(label)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + 6}\" y=\"14\" textLength=\"{right - 12}\">{Safe(value)}</text></g></svg>");
        return svg.ToString();
    }

    private static int Width(string text) => (int)Math.Ceiling(text.Sum(letter => Narrow.Contains(letter, StringComparison.Ordinal) ? 4.2 : Wide.Contains(letter, StringComparison.Ordinal) ? 10 : 6.9));

    private static string Safe(string text) => System.Security.SecurityElement.Escape(text);
}
