namespace ReleaseDashboard.Core.Git;

/// <summary>Something that names a commit: a SHA, a reference or HEAD; made from checked parts only.</summary>
public sealed record Revision
{
    public static readonly Revision Head = new("HEAD");

    private Revision(string value) => Value = value;

    public string Value { get; }

    public static implicit operator Revision(CommitSha sha) => new(sha.Value);

    public static implicit operator Revision(RefName name) => new(name.Value);

    public static implicit operator Revision(BranchName name) => new(name.Ref.Value);

    public static implicit operator Revision(TagName name) => new(name.Ref.Value);

    public static Revision FromCommitSha(CommitSha sha) => sha;

    public static Revision FromRefName(RefName name) => name;

    public static Revision FromBranchName(BranchName name) => name;

    public static Revision FromTagName(TagName name) => name;

    public override string ToString() => Value;
}
