namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>What a request may do, in the words of the token service: <c>repository:team/app:pull</c>.</summary>
internal sealed record RegistryScope(IReadOnlyList<string> Parts)
{
    /// <summary>Nothing but being known.</summary>
    public static RegistryScope None { get; } = new([]);

    public static RegistryScope Pull(string path) => new([$"repository:{path}:pull"]);

    public static RegistryScope Push(string path) => new([$"repository:{path}:pull,push"]);

    public static RegistryScope Delete(string path) => new([$"repository:{path}:delete,pull"]);

    /// <summary>A mount reads one repository and writes another.</summary>
    public static RegistryScope Mount(string from, string to) => new([$"repository:{from}:pull", $"repository:{to}:pull,push"]);

    public string Key => string.Join(' ', Parts);
}
