namespace ReleaseDashboard.Core.Playbooks;

/// <summary>Recursive descent over a condition: or, then and, then not, then a comparison.</summary>
internal sealed class ConditionParser(string text)
{
    // Deeper nesting than this is a mistake or an attack on the stack.
    private const int MaximumDepth = 32;
    private const int MaximumLength = 1_000;
    private int _position;
    private int _depth;

    public string Reason { get; private set; } = "";

    public int ReasonColumn { get; private set; }

    public ConditionNode? Parse()
    {
        if (text.Length > MaximumLength)
            return Fail($"a condition has at most {MaximumLength} characters");
        var root = ParseEither();
        if (root is not null && Peek().Length > 0)
            return Fail($"\"{Peek()}\" was not expected here");
        return root;
    }

    private ConditionNode? ParseEither() => ParseChain("or", ParseBoth, (left, right) => new ConditionNode.Either(left, right));

    private ConditionNode? ParseBoth() => ParseChain("and", ParseNot, (left, right) => new ConditionNode.Both(left, right));

    private ConditionNode? ParseChain(string word, Func<ConditionNode?> operand, Func<ConditionNode, ConditionNode, ConditionNode> join)
    {
        var left = operand();
        while (left is not null && Take(word))
        {
            var right = operand();
            left = right is null ? null : join(left, right);
        }
        return left;
    }

    private ConditionNode? ParseNot()
    {
        if (++_depth > MaximumDepth)
            return Fail("the condition is nested too deeply");
        var node = Take("not") ? (ParseNot() is { } operand ? new ConditionNode.Not(operand) : null) : ParseComparison();
        _depth--;
        return node;
    }

    private ConditionNode? ParseComparison()
    {
        var left = ParseValue();
        if (left is null || Peek() is not ("==" or "!="))
            return left;
        var negated = Next() == "!=";
        return ParseValue() is { } right ? new ConditionNode.Same(left, right, negated) : null;
    }

    private ConditionNode? ParseValue()
    {
        var token = Peek();
        if (token == "(")
        {
            Next();
            var inner = ParseEither();
            return inner is null || Take(")") ? inner : Fail("\")\" is missing");
        }
        ConditionNode? node = token switch
        {
            "true" or "false" => new ConditionNode.Literal(new InputValue.Flag(token == "true")),
            ['\'' or '"', .., var end] when token.Length > 1 && end == token[0] =>
                new ConditionNode.Literal(new InputValue.Text(token[1..^1])),
            _ when long.TryParse(token, out var number) => new ConditionNode.Literal(new InputValue.Number(number)),
            _ when DottedName.IsValid(token) => new ConditionNode.Name(token),
            _ => null,
        };
        if (node is null)
            return Fail(token.Length == 0 ? "something is missing at the end" : $"\"{token}\" is neither a name such as project.test_index nor a value");
        Next();
        return node;
    }

    private bool Take(string token)
    {
        if (Peek() != token)
            return false;
        Next();
        return true;
    }

    private string Peek()
    {
        var before = _position;
        var token = Next();
        _position = before;
        return token;
    }

    private string Next()
    {
        SkipBlanks();
        if (_position >= text.Length)
            return "";
        var start = _position;
        var first = text[_position++];
        if (first is '(' or ')')
            return text[start.._position];
        if (first is '=' or '!')
        {
            if (_position < text.Length && text[_position] == '=')
                _position++;
        }
        else if (first is '\'' or '"')
        {
            var end = text.IndexOf(first, _position);
            _position = end < 0 ? text.Length : end + 1;
        }
        else
        {
            while (_position < text.Length && !char.IsWhiteSpace(text[_position]) && !"()=!'\"".Contains(text[_position]))
                _position++;
        }
        return text[start.._position];
    }

    private void SkipBlanks()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
            _position++;
    }

    private ConditionNode? Fail(string reason)
    {
        if (Reason.Length > 0)
            return null;
        SkipBlanks();
        (Reason, ReasonColumn) = (reason, _position);
        return null;
    }
}
