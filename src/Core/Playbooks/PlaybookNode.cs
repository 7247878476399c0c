namespace ReleaseDashboard.Core.Playbooks;

/// <summary>A piece of a playbook file before its meaning is known. Line and column count from 1.</summary>
public abstract record PlaybookNode(int Line, int Column)
{
    /// <summary>Text, a number or a flag: only the reader of the key knows which.</summary>
    /// <param name="IsPlain">Whether it was written without quotes; <c>true</c> is a flag only then.</param>
    public sealed record Scalar(string Text, bool IsPlain, int Line, int Column) : PlaybookNode(Line, Column);

    /// <summary>Keys and values in file order. Keys are unique.</summary>
    public sealed record Mapping(IReadOnlyList<(Scalar Key, PlaybookNode Value)> Entries, int Line, int Column) : PlaybookNode(Line, Column);

    /// <summary>Items in file order.</summary>
    public sealed record Sequence(IReadOnlyList<PlaybookNode> Items, int Line, int Column) : PlaybookNode(Line, Column);
}
