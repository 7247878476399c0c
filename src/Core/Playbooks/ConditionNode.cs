namespace ReleaseDashboard.Core.Playbooks;

/// <summary>A part of a condition.</summary>
public abstract record ConditionNode
{
    private ConditionNode() { }

    public sealed record Literal(InputValue Value) : ConditionNode;

    public sealed record Name(string Dotted) : ConditionNode;

    public sealed record Not(ConditionNode Operand) : ConditionNode;

    public sealed record Both(ConditionNode Left, ConditionNode Right) : ConditionNode;

    public sealed record Either(ConditionNode Left, ConditionNode Right) : ConditionNode;

    public sealed record Same(ConditionNode Left, ConditionNode Right, bool Negated) : ConditionNode;

    internal IEnumerable<string> Names() => this switch
    {
        Name name => [name.Dotted],
        Not not => not.Operand.Names(),
        Both both => both.Left.Names().Concat(both.Right.Names()),
        Either either => either.Left.Names().Concat(either.Right.Names()),
        Same same => same.Left.Names().Concat(same.Right.Names()),
        _ => [],
    };

    internal bool IsTrue(Func<string, InputValue?> lookup) => this switch
    {
        Not not => !not.Operand.IsTrue(lookup),
        Both both => both.Left.IsTrue(lookup) && both.Right.IsTrue(lookup),
        Either either => either.Left.IsTrue(lookup) || either.Right.IsTrue(lookup),
        Same same => (same.Left.Shown(lookup) == same.Right.Shown(lookup)) != same.Negated,
        _ => Truth(ValueOf(lookup)),
    };

    // Values are compared as they are printed, so a setting stored as text "true" equals the flag true.
    private string Shown(Func<string, InputValue?> lookup) =>
        this is Literal or Name ? ValueOf(lookup)?.ToString() ?? "" : IsTrue(lookup) ? "true" : "false";

    private InputValue? ValueOf(Func<string, InputValue?> lookup) => this switch
    {
        Literal literal => literal.Value,
        Name name => lookup(name.Dotted),
        _ => null,
    };

    private static bool Truth(InputValue? value) => value switch
    {
        InputValue.Flag flag => flag.Value,
        InputValue.Number number => number.Value != 0,
        InputValue.Text text => text.ToString() is not ("" or "false"),
        InputValue.List list => list.Items.Count > 0,
        _ => false,
    };
}
