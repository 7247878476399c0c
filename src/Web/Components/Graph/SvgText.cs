using System.Text.Encodings.Web;

namespace ReleaseDashboard.Web.Components.Graph;

/// <summary>The SVG text element: in a .razor file "text" is Razor's own tag, so it is written here, encoded.</summary>
public static class SvgText
{
    public static string Of(string look, double x, double y, string text, string anchor = "start") =>
        $"<text class=\"{Encode(look)}\" x=\"{GraphShape.N(x)}\" y=\"{GraphShape.N(y)}\" text-anchor=\"{Encode(anchor)}\">{Encode(text)}</text>";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
