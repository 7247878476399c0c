using System.Text;
using System.Xml;

namespace ReleaseDashboard.Core.Images.Graphs.Drawing;

/// <summary>Text from Dockerfiles as XML may hold it: escaped, and without characters that no document may hold.</summary>
internal static class XmlText
{
    public static string Escaped(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], c))
                safe.Append(c).Append(text[++i]);
            else if (!XmlConvert.IsXmlChar(c))
                safe.Append('\uFFFD');
            else
                safe.Append(c switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", '"' => "&quot;", '\'' => "&#39;", _ => c.ToString() });
        }
        return safe.ToString();
    }

    /// <summary>At most so many characters, the middle left out: names differ at their ends.</summary>
    public static string Cut(string text, int longest) =>
        text.Length <= longest ? text : $"{text[..(longest / 2)]}…{text[^((longest / 2) - 1)..]}";
}
