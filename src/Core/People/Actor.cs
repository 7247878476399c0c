namespace ReleaseDashboard.Core.People;

/// <summary>Who does something: a person, an API token of a person, or a worker.</summary>
/// <param name="Kind"><c>person</c>, <c>token</c>, <c>worker</c> or <c>system</c>.</param>
/// <param name="Name">Sign-in name of the person, or the worker's name.</param>
/// <param name="Roles">What the person may do at this moment.</param>
public sealed record Actor(string Kind, string Name, Roles Roles)
{
    public static Actor Person(string name, Roles roles) => new("person", name, roles);

    public static Actor Token(string owner, Roles roles) => new("token", owner, roles);

    public static Actor Worker(string name) => new("worker", name, Roles.None);

    public static Actor System { get; } = new("system", "system", Roles.Administrator);

    public bool Has(Roles role) => (Roles & role) != 0;
}
