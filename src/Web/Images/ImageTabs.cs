namespace ReleaseDashboard.Web.Images;

/// <summary>The screens of the Images page, as they stand in its address.</summary>
public static class ImageTabs
{
    public const string Graph = "graph";
    public const string Platforms = "platforms";
    public const string Sizes = "sizes";
    public const string Files = "files";
    public const string Tags = "tags";

    public static IReadOnlyList<(string Key, string Title)> All { get; } =
        [(Graph, "Build"), (Platforms, "Platforms and parity"), (Sizes, "Sizes"), (Files, "Files"), (Tags, "Tags")];

    /// <summary>The first for what is none: an address may hold anything.</summary>
    public static string Of(string? tab) => All.Any(own => own.Key == tab) ? tab! : Graph;

    public static string Title(string tab) => All.First(own => own.Key == tab).Title;
}
