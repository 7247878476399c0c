using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Web.Auth;

/// <summary>How an endpoint says who may come in. The door refuses what says nothing.</summary>
public static class EndpointAccess
{
    /// <param name="endpoint">What is declared.</param>
    /// <param name="permission">What it takes.</param>
    /// <param name="project">Name of the route value with the project's short name, or null.</param>
    /// <param name="release">Name of the route value with the release's id, or null.</param>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Permission permission, string? project = null, string? release = null)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new NeedsAttribute(permission) { Project = project, Release = release });

    /// <summary>For everybody who is signed in.</summary>
    public static TBuilder ForSignedIn<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new SignedInAttribute());
}
