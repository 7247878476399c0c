using System.Text;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>
/// Text with references of the form <c>${{ project.package }}</c>, <c>${{ release.version }}</c> or
/// <c>${{ steps.build.outputs.sha256 }}</c>. A reference is a dotted name and nothing else: no expressions, no functions.
/// </summary>
public sealed class Template : IEquatable<Template>
{
    private readonly IReadOnlyList<Part> _parts;

    private Template(IReadOnlyList<Part> parts) => _parts = parts;

    public static Template Empty { get; } = new([]);

    /// <summary>Names referred to, in order, with repeats.</summary>
    public IEnumerable<string> References => _parts.Where(part => part.IsReference).Select(part => part.Text);

    /// <summary>The name when the whole text is one reference, otherwise null.</summary>
    public string? SingleReference => _parts is [{ IsReference: true } only] ? only.Text : null;

    /// <summary>Text without references, whatever it looks like.</summary>
    public static Template Literal(string text) => text.Length == 0 ? Empty : new([new Part(text, IsReference: false)]);

    /// <summary>Reads references out of text. False, with the reason, on a reference that is not closed or not a dotted name.</summary>
    public static bool TryParse(string text, out Template template, out string reason)
    {
        var parts = new List<Part>();
        var position = 0;
        template = Empty;
        reason = "";
        while (position < text.Length)
        {
            var open = text.IndexOf("${{", position, StringComparison.Ordinal);
            if (open < 0)
                break;
            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                reason = $"the reference that starts with \"{text[open..Math.Min(text.Length, open + 24)]}\" is not closed by \"}}}}\"";
                return false;
            }
            var name = text[(open + 3)..close].Trim();
            if (!DottedName.IsValid(name))
            {
                reason = $"\"{name}\" is not a reference: write a dotted name such as ${{{{ release.version }}}}";
                return false;
            }
            if (open > position)
                parts.Add(new Part(text[position..open], IsReference: false));
            parts.Add(new Part(name, IsReference: true));
            position = close + 2;
        }
        if (position < text.Length)
            parts.Add(new Part(text[position..], IsReference: false));
        template = new Template(parts);
        return true;
    }

    /// <summary>
    /// The value with references replaced. A text that is one reference keeps the type of what it refers to. References
    /// without a value become empty text and are added to <paramref name="unresolved"/>: the caller decides whether to stop.
    /// </summary>
    public InputValue Resolve(Func<string, InputValue?> lookup, ICollection<string> unresolved)
    {
        if (SingleReference is { } single && lookup(single) is { } value)
            return value;
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (!part.IsReference)
                text.Append(part.Text);
            else if (lookup(part.Text) is { } found)
                text.Append(found);
            else
                unresolved.Add(part.Text);
        }
        return new InputValue.Text(Literal(text.ToString()));
    }

    /// <summary>The text as it was written, references in canonical spacing.</summary>
    public override string ToString() =>
        string.Concat(_parts.Select(part => part.IsReference ? "${{ " + part.Text + " }}" : part.Text));

    public bool Equals(Template? other) => other is not null && _parts.SequenceEqual(other._parts);

    public override bool Equals(object? obj) => Equals(obj as Template);

    public override int GetHashCode() => _parts.Aggregate(17, HashCode.Combine);

    private sealed record Part(string Text, bool IsReference);
}
