namespace ReleaseDashboard.Core.People;

/// <summary>
/// Says which permission something needs: a page, an endpoint, an action. What carries none is refused at the door, and the
/// test over the table of access fails for it.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(Permission permission) : Attribute
{
    public Permission Permission { get; } = permission;

    /// <summary>Name of the route value that holds the project's short name, or null.</summary>
    public string? Project { get; init; }

    /// <summary>Name of the route value that holds the release's id, or null.</summary>
    public string? Release { get; init; }

    /// <summary>Whether people may do it to what is their own without the permission, such as their own tokens.</summary>
    public bool OrOwn { get; init; }
}
