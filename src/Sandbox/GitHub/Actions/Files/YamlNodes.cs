using YamlDotNet.RepresentationModel;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Files;

/// <summary>Short ways through a YAML tree.</summary>
internal static class YamlNodes
{
    public static YamlNode? Find(this YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;

    /// <exception cref="FormatException">Not a text.</exception>
    public static string Text(this YamlNode node) =>
        node is YamlScalarNode scalar ? scalar.Value ?? "" : throw new FormatException($"A text is expected in line {node.Start.Line}.");

    /// <summary>A list, or a single text in place of one.</summary>
    public static IReadOnlyList<string> Texts(this YamlNode node) =>
        node is YamlSequenceNode list ? [.. list.Select(Text)] : [node.Text()];
}
