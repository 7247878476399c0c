namespace ReleaseDashboard.Core.Playbooks;

/// <summary>The types a value may have, in inputs and in variables alike.</summary>
public enum ValueKind
{
    /// <summary>Text; as an input it may hold references.</summary>
    Text,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A list of texts.</summary>
    List,
}

/// <summary>A value of an input or a variable. One of the four nested cases.</summary>
public abstract record InputValue
{
    private InputValue() { }

    /// <summary>The type of the value as it stands; a text that is a single reference takes the type of what it refers to.</summary>
    public abstract ValueKind Kind { get; }

    /// <summary>Text, perhaps with references.</summary>
    public sealed record Text(Template Template) : InputValue
    {
        public Text(string literal) : this(Template.Literal(literal)) { }
        public override ValueKind Kind => ValueKind.Text;
        public override string ToString() => Template.ToString();
    }

    /// <summary>true or false.</summary>
    public sealed record Flag(bool Value) : InputValue
    {
        public override ValueKind Kind => ValueKind.Flag;
        public override string ToString() => Value ? "true" : "false";
    }

    /// <summary>A whole number.</summary>
    public sealed record Number(long Value) : InputValue
    {
        public override ValueKind Kind => ValueKind.Number;
        public override string ToString() => Value.ToString();
    }

    /// <summary>A list; compared item by item.</summary>
    public sealed record List(IReadOnlyList<InputValue> Items) : InputValue
    {
        public override ValueKind Kind => ValueKind.List;
        public bool Equals(List? other) => other is not null && Items.SequenceEqual(other.Items);
        public override int GetHashCode() => Items.Aggregate(17, HashCode.Combine);
        public override string ToString() => string.Join(", ", Items);
    }

    /// <summary>A copy with every reference replaced by its value; references without a value are added to <paramref name="unresolved"/>.</summary>
    public InputValue Resolve(Func<string, InputValue?> lookup, ICollection<string> unresolved) => this switch
    {
        Text text => text.Template.Resolve(lookup, unresolved),
        List list => new List([.. list.Items.SelectMany(item => Flatten(item.Resolve(lookup, unresolved)))]),
        _ => this,
    };

    // A reference to a list inside a list adds its items: extra arguments are given that way.
    private static IEnumerable<InputValue> Flatten(InputValue value) => value is List inner ? inner.Items : [value];
}
