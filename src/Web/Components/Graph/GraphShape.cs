using System.Globalization;

namespace ReleaseDashboard.Web.Components.Graph;

/// <summary>What a drawing is made of; the class says the look.</summary>
public abstract record GraphShape(string Class)
{
    public static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

public sealed record GraphLine(string Class, string Path) : GraphShape(Class);

public sealed record GraphDot(string Class, double X, double Y, double Radius, string? Title) : GraphShape(Class);

public sealed record GraphText(string Class, double X, double Y, string Text, string Anchor = "start") : GraphShape(Class);

/// <param name="X">The left edge.</param>
/// <param name="Y">The middle.</param>
public sealed record GraphLabel(string Class, double X, double Y, string Name, string Value) : GraphShape(Class)
{
    // The mono face is 7.8 units wide at 13; the drawing cannot measure.
    private const double Letter = 7.83;

    public double NameWidth => Name.Length == 0 ? 0 : (Name.Length * Letter) + 8;

    public double Width => NameWidth + (Value.Length * Letter) + 18;
}

public sealed record GraphDrawing(double Width, double Height, IReadOnlyList<GraphShape> Shapes);
