namespace ReleaseDashboard.Core.Playbooks;

/// <summary>Who must approve before a step is passed.</summary>
/// <param name="Require">Every one of these must be met; at least one.</param>
public sealed record ApprovalRule(IReadOnlyList<SignatureRequirement> Require)
{
    /// <summary>Roles that may be asked to approve.</summary>
    public static IReadOnlyList<string> Roles { get; } = ["maintainer", "reviewer", "administrator"];

    /// <summary>The short form: so many people of one role.</summary>
    public ApprovalRule(int count, string role, bool notStarter) : this([new SignatureRequirement(count, Role: role)]) => NotStarter = notStarter;

    /// <summary>Whether the person who started the release is refused.</summary>
    public bool NotStarter { get; init; } = true;

    /// <summary>Whether whoever authored a commit since the last release is refused.</summary>
    public bool NotAuthor { get; init; }

    /// <summary>Whether one person may sign for several requirements.</summary>
    public bool SamePerson { get; init; }

    /// <summary>How long people have to decide; null for no limit.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>How often people are reminded; null for never.</summary>
    public TimeSpan? Remind { get; init; }

    /// <summary>How many different people are needed at least.</summary>
    public int Count => SamePerson ? Require.Max(each => each.Count) : Require.Sum(each => each.Count);

    /// <summary>The role that all of them have, or null when groups or named people are asked too.</summary>
    public string? Role => Require is [{ Role: { } role }] ? role : null;

    /// <summary>All of it in words: <c>2 reviewers and 1 of security</c>.</summary>
    public string Words => string.Join(" and ", Require.Select(each => each.Words));

    public bool Equals(ApprovalRule? other) =>
        other is not null && (NotStarter, NotAuthor, SamePerson, Within, Remind) == (other.NotStarter, other.NotAuthor, other.SamePerson, other.Within, other.Remind)
        && Require.SequenceEqual(other.Require);

    public override int GetHashCode() => HashCode.Combine(Require.Count, NotStarter, NotAuthor, SamePerson, Within, Remind);
}

/// <summary>So many signatures of one kind of people. Exactly one of role, group and people is there.</summary>
/// <param name="Count">How many, at least 1.</param>
/// <param name="Role">A role that each signer must have in the project.</param>
/// <param name="Group">A group that each signer must be in.</param>
/// <param name="People">Sign-in names that may sign.</param>
public sealed record SignatureRequirement(int Count, string? Role = null, string? Group = null, IReadOnlyList<string>? People = null)
{
    public string Words => this switch
    {
        { Role: { } role } => Count == 1 ? $"1 {role}" : $"{Count} {role}s",
        { Group: { } group } => $"{Count} of {group}",
        { People: { } people } when people.Count == Count => string.Join(" and ", people),
        { People: { } people } when Count == 1 => string.Join(" or ", people),
        { People: { } people } => $"{Count} of {string.Join(", ", people)}",
        _ => throw new InvalidOperationException("A requirement without role, group and people."),
    };

    public bool Equals(SignatureRequirement? other) =>
        other is not null && (Count, Role, Group) == (other.Count, other.Role, other.Group) && (People ?? []).SequenceEqual(other.People ?? []);

    public override int GetHashCode() => HashCode.Combine(Count, Role, Group, People?.Count);
}
