using System.Globalization;

namespace ReleaseDashboard.Core.Images.Graphs.Drawing;

/// <summary>The build graph as a file of its own, light or dark as its reader has it.</summary>
public static class SvgDocument
{
    private const string Style = """
        svg{--surface:#fff;--sunken:#eef0f4;--line:#c5ccd8;--ink:#161b26;--ink2:#4a5468;--ink3:#5b6476;--accent:#3b5bdb;--soft:#e7ecfd;background:var(--surface)}
        @media (prefers-color-scheme:dark){svg{--surface:#161b22;--sunken:#0b0e13;--line:#3a4453;--ink:#e8ebf1;--ink2:#b1b9c7;--ink3:#8a94a5;--accent:#7c97ff;--soft:#1c2547}}
        text{font:400 12px system-ui,sans-serif;fill:var(--ink2)} .t{font-weight:600;fill:var(--ink)} .m,.file{font:600 11.5px ui-monospace,monospace;fill:var(--ink)} .file{fill:var(--ink2)}
        .band{fill:var(--sunken)} .node rect{fill:var(--surface);stroke:var(--line)} .node.image rect{fill:var(--soft);stroke:var(--accent)} .node.image .ring{fill:none}
        .node.unused rect{stroke-dasharray:4 4} .mark{fill:none;stroke:var(--ink3);stroke-width:1.4;stroke-linejoin:round;stroke-linecap:round} .image .mark{stroke:var(--accent)}
        .from,.copy{fill:none;stroke:var(--ink3);stroke-width:1.6} .copy{stroke-dasharray:5 4} .unused{opacity:.6} .tip{fill:var(--ink3)}
        .lab{paint-order:stroke;stroke:var(--sunken);stroke-width:5px;stroke-linejoin:round}
        """;

    public static string Of(BuildGraph graph, string title)
    {
        var placed = GraphLayout.Of(graph);
        var (width, height) = (Math.Ceiling(placed.Width) + 16, Math.Ceiling(placed.Height) + 16);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-8 -8 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\"><title>{XmlText.Escaped(title)}</title><style>{Style}</style>\n{SvgDrawing.Inside(placed)}</svg>\n");
    }
}
