namespace ReleaseDashboard.Core.Projects;

/// <summary>Which steps a secret is handed to: by their kind, and by whether they try things out or publish for good.</summary>
public static class SecretScope
{
    private const string Any = "*";

    /// <summary>Kinds of steps that a secret's name is meant for. A family ends in <c>.*</c>; empty for a secret that no step gets.</summary>
    public static IReadOnlyList<string> Usual(string name) => name switch
    {
        // Any step may have to fetch the repository again, when its workspace was lost.
        SecretName.GitHubToken => [Any],
        SecretName.TestIndexUser or SecretName.TestIndexPassword or SecretName.ProductionIndexUser or SecretName.ProductionIndexPassword => ["pypi.upload"],
        SecretName.PreproductionRegistryUser or SecretName.PreproductionRegistryPassword or SecretName.ProductionRegistryUser or SecretName.ProductionRegistryPassword => ["images.*"],
        _ => [],
    };

    /// <summary>Whether a step of this kind may have it.</summary>
    /// <param name="kinds">Kinds that were chosen for it; empty for the usual ones.</param>
    public static bool Covers(string name, IReadOnlyList<string> kinds, string stepKind) =>
        (kinds.Count == 0 ? Usual(name) : kinds).Any(kind => kind == Any || kind == stepKind || (kind.EndsWith(".*", StringComparison.Ordinal) && stepKind.StartsWith(kind[..^1], StringComparison.Ordinal)));

    /// <summary>
    /// Whether the secret belongs to the very place that the step works with. A step that names an index or a registry gets no
    /// credential of the other one, whatever it asks for: what is meant for trying is never used for publishing, nor the other way round.
    /// </summary>
    /// <param name="input">Reads a text input of the step; null when it has none of that name.</param>
    public static bool Fits(string name, Func<string, string?> input) => name switch
    {
        SecretName.TestIndexUser or SecretName.TestIndexPassword => input("index") is null or "test",
        SecretName.ProductionIndexUser or SecretName.ProductionIndexPassword => input("index") is null or "production",
        SecretName.PreproductionRegistryUser or SecretName.PreproductionRegistryPassword => input("registry") is null or "preproduction",
        SecretName.ProductionRegistryUser or SecretName.ProductionRegistryPassword => input("registry") is null or "production",
        _ => true,
    };

    /// <summary>The secret that must not hold the same value, because one is for trying and the other for publishing; null when there is none.</summary>
    public static string? MustDifferFrom(string name) => name switch
    {
        SecretName.TestIndexPassword => SecretName.ProductionIndexPassword,
        SecretName.ProductionIndexPassword => SecretName.TestIndexPassword,
        _ => null,
    };
}
