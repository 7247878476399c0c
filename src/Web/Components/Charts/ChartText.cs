using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ReleaseDashboard.Web.Components.Charts;

/// <summary>SVG's text element: in a .razor file its name is Razor's own.</summary>
public sealed class ChartText : ComponentBase
{
    [Parameter] public string? Class { get; set; }

    [Parameter, EditorRequired] public string X { get; set; } = "";

    [Parameter, EditorRequired] public string Y { get; set; } = "";

    /// <summary>start, middle or end.</summary>
    [Parameter] public string Anchor { get; set; } = "start";

    [Parameter, EditorRequired] public RenderFragment ChildContent { get; set; } = default!;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Class);
        builder.AddAttribute(2, "x", X);
        builder.AddAttribute(3, "y", Y);
        builder.AddAttribute(4, "text-anchor", Anchor);
        builder.AddContent(5, ChildContent);
        builder.CloseElement();
    }
}
