using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Approvals;

/// <summary>A person who approved, and what the person was at that moment.</summary>
/// <param name="By">Sign-in name.</param>
/// <param name="As">Roles and groups, as <see cref="Claims"/> writes them.</param>
public sealed record Signature(string By, IReadOnlyList<string> As)
{
    /// <summary>What is kept of a person with a decision: <c>role:reviewer</c>, <c>group:security</c>.</summary>
    public static IReadOnlyList<string> Claims(Roles roles, IEnumerable<string> groups) =>
    [
        .. ApprovalRule.Roles.Where(role => (roles & Enum.Parse<Roles>(role, ignoreCase: true)) != 0).Select(role => $"role:{role}"),
        .. groups.Order(StringComparer.OrdinalIgnoreCase).Select(group => $"group:{group}"),
    ];

    /// <summary>Whether it counts for the requirement.</summary>
    public bool Meets(SignatureRequirement requirement) => requirement switch
    {
        { Role: { } role } => Has($"role:{role}"),
        { Group: { } group } => Has($"group:{group}"),
        { People: { } people } => people.Contains(By, StringComparer.OrdinalIgnoreCase),
        _ => false,
    };

    private bool Has(string claim) => As.Contains(claim, StringComparer.OrdinalIgnoreCase);
}

/// <summary>How far one requirement is met.</summary>
/// <param name="SignedBy">Whose signatures count for it.</param>
public sealed record SignatureSlot(SignatureRequirement Requirement, IReadOnlyList<string> SignedBy)
{
    public int Missing => Requirement.Count - SignedBy.Count;
}
