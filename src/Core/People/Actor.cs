namespace ReleaseDashboard.Core.People;

/// <summary>Who does something: a person, an API token of a person, or a worker.</summary>
/// <param name="Kind"><c>person</c>, <c>token</c>, <c>worker</c> or <c>system</c>.</param>
/// <param name="Name">Sign-in name of the person, or the worker's name.</param>
/// <param name="Roles">What the person may do everywhere, at this moment.</param>
public sealed record Actor(string Kind, string Name, Roles Roles)
{
    private static readonly Dictionary<Guid, Roles> None = [];

    /// <summary>What the person may do in single projects on top of that, by the project's id.</summary>
    public IReadOnlyDictionary<Guid, Roles> ProjectRoles { get; init; } = None;

    /// <summary>Names of the groups that the person is in.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The person's login at GitHub, or null. With the address it tells whether the person authored a commit.</summary>
    public string? GitHubLogin { get; init; }

    /// <summary>The person's address, or null.</summary>
    public string? Email { get; init; }

    /// <summary>The permissions that a token is limited to; null for all.</summary>
    public IReadOnlySet<Permission>? Scopes { get; init; }

    /// <summary>The only project that a token is good for; null for all.</summary>
    public Guid? OnlyProject { get; init; }

    /// <summary>
    /// Whether the person proved a short while ago who they are. Only a browser's session can lack it: it stays open on a
    /// desk. A token cannot be asked; its scopes and its expiry limit it instead.
    /// </summary>
    public bool IsConfirmed { get; init; } = true;

    public static Actor Person(string name, Roles roles) => new("person", name, roles);

    public static Actor Token(string owner, Roles roles) => new("token", owner, roles);

    public static Actor Worker(string name) => new("worker", name, Roles.None);

    public static Actor System { get; } = new("system", "system", Roles.Administrator);

    /// <summary>Whether the actor has one of these roles everywhere.</summary>
    public bool Has(Roles role) => (Roles & role) != 0;

    /// <summary>The roles that count in a project: those everywhere and those given in it.</summary>
    public Roles RolesIn(Guid projectId) => OnlyProject is { } only && only != projectId ? Roles.None : Roles | ProjectRoles.GetValueOrDefault(projectId);

    /// <summary>Whether the actor may do this in a project, or everywhere when no project is named.</summary>
    public bool May(Permission permission, Guid? projectId = null)
    {
        if (Kind == "system")
            return true;
        if (Scopes is not null && !Scopes.Contains(permission))
            return false;
        var rule = AccessTable.Of(permission);
        if (rule.Scope == AccessScope.Project && projectId is { } id)
            return (RolesIn(id) & rule.AnyOf) != 0;
        return OnlyProject is null && (Roles & rule.AnyOf) != 0;
    }

    /// <summary>Whether there is any place where the actor may do this: everywhere, or in some project.</summary>
    public bool MaySomewhere(Permission permission) =>
        May(permission) || (OnlyProject is { } only ? May(permission, only) : ProjectRoles.Keys.Any(project => May(permission, project)));

    /// <summary>The projects in which the actor may do this; null for all that there are.</summary>
    public IReadOnlyCollection<Guid>? ProjectsWhere(Permission permission)
    {
        if (May(permission))
            return null;
        if (OnlyProject is { } only)
            return May(permission, only) ? [only] : [];
        return [.. ProjectRoles.Keys.Where(project => May(permission, project))];
    }
}
