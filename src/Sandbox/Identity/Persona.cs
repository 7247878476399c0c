namespace ReleaseDashboard.Sandbox.Identity;

/// <summary>A person of the sandbox.</summary>
/// <param name="Id">Number of the account.</param>
/// <param name="Login">Account name.</param>
/// <param name="Name">Name shown to people.</param>
/// <param name="Permission">What the person may do in every repository: <c>admin</c> or <c>write</c>.</param>
/// <param name="Role">The same, finer: <c>admin</c>, <c>maintain</c> or <c>write</c>.</param>
public sealed record Persona(int Id, string Login, string Name, string Permission, string Role)
{
    public string Email => $"{Login}@sandbox.example";

    /// <summary>Token for the API and for pushes.</summary>
    public string Token => $"sandbox-{Login}-token";

    /// <summary>Token that signing in hands out.</summary>
    public string SignInToken => $"sandbox-{Login}-sign-in";

    /// <summary>Token that reads, and is refused on every write.</summary>
    public string ReadOnlyToken => $"sandbox-{Login}-read-token";
}

/// <summary>The people of the sandbox. Their tokens are public knowledge, which is why the sandbox is on loopback only.</summary>
public static class Personas
{
    public static Persona Maintainer { get; } = new(1001, "maintainer", "Mara Maintainer", "write", "maintain");

    public static Persona Reviewer { get; } = new(1002, "reviewer", "Rafael Reviewer", "write", "write");

    public static Persona Lead { get; } = new(1003, "lead", "Lea Lead", "admin", "admin");

    public static IReadOnlyList<Persona> All { get; } = [Maintainer, Reviewer, Lead];

    public static Persona? ByLogin(string? login) => All.FirstOrDefault(persona => persona.Login == login);

    public static Persona? ByToken(string? token) =>
        All.FirstOrDefault(persona => token is not null && (token == persona.Token || token == persona.SignInToken || token == persona.ReadOnlyToken));

    internal static bool IsReadOnly(string? token) => All.Any(persona => persona.ReadOnlyToken == token);
}
