using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.Api;

/// <summary>Roles and permissions as lists of words, the way answers give them.</summary>
internal static class RoleList
{
    /// <summary>The roles, or null with the problem that names the unknown one.</summary>
    public static Roles? Read(IReadOnlyList<string>? names, out IResult problem)
    {
        problem = Results.Empty;
        if (RoleNames.Parse(string.Join(',', names ?? []), out var unknown) is { } roles)
            return roles;
        problem = ApiProblems.Invalid($"There is no role '{unknown}'. The roles are {RoleNames.Of((Roles)~0)}.");
        return null;
    }

    /// <summary>The permissions, or null with the problem that names the unknown one.</summary>
    public static IReadOnlyList<Permission>? ReadScopes(IReadOnlyList<string>? names, out IResult problem)
    {
        problem = Results.Empty;
        var scopes = new List<Permission>();
        foreach (var name in names ?? [])
        {
            if (PermissionNames.Parse(name) is not { } permission)
            {
                problem = ApiProblems.Invalid($"There is no scope '{name}'. The scopes are {string.Join(", ", PermissionNames.All)}.");
                return null;
            }
            scopes.Add(permission);
        }
        return scopes;
    }
}
