namespace ReleaseDashboard.Core.Playbooks;

/// <summary>
/// When a step is part of the run: <c>project.test_index</c>, <c>not project.require_review</c>,
/// <c>project.build == 'sdist' and release.is_final</c>. Names, literals, <c>==</c>, <c>!=</c>, <c>not</c>, <c>and</c>,
/// <c>or</c> and parentheses; nothing else, so that a reader needs no manual.
/// </summary>
public sealed record Condition(string Source, ConditionNode Root)
{
    /// <summary>Reads a condition. False, with the reason and the column (from 0) in <paramref name="text"/>.</summary>
    public static bool TryParse(string text, out Condition condition, out string reason, out int column)
    {
        var parser = new ConditionParser(text);
        var root = parser.Parse();
        condition = new Condition(text, root ?? new ConditionNode.Literal(new InputValue.Flag(false)));
        reason = parser.Reason;
        column = parser.ReasonColumn;
        return root is not null;
    }

    /// <summary>Names the condition looks at.</summary>
    public IEnumerable<string> References => Root.Names();

    /// <summary>Whether the step runs. A name without a value counts as false, empty text and 0.</summary>
    public bool Evaluate(Func<string, InputValue?> lookup) => Root.IsTrue(lookup);

    public override string ToString() => Source;
}
