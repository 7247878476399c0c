using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>What starts a workflow, as far as a release must know it before it relies on the workflow.</summary>
/// <param name="RunName">The title of its runs; null for none of its own.</param>
/// <param name="Tags">Patterns of the tags whose push starts it; empty for any tag, null when no tag does.</param>
/// <param name="Inputs">Inputs of a dispatch, and whether each must be given; null when it cannot be dispatched.</param>
internal sealed partial record WorkflowOutline(string? RunName, IReadOnlyList<string>? Tags, IReadOnlyDictionary<string, bool>? Inputs)
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(200);

    /// <returns>Null when the text is no workflow.</returns>
    public static WorkflowOutline? Read(string text)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is not [{ RootNode: YamlMappingNode root }] || Find(root, "on") is not { } on)
                return null;
            var push = Event(on, "push");
            return new WorkflowOutline((Find(root, "run-name") as YamlScalarNode)?.Value, push.IsThere ? TagsOf(push.Filter) : null, Dispatch(Event(on, "workflow_dispatch")));
        }
        // The parser ends in an invalid operation on some flow sequences that are not closed.
        catch (Exception fault) when (fault is YamlException or InvalidOperationException)
        {
            return null; // GitHub says what is wrong with it, on its Actions page
        }
    }

    /// <summary>Whether pushing the tag starts it. Later patterns count more, and <c>!</c> takes tags out again, as GitHub reads them.</summary>
    public bool TakesTag(string tag) => Tags is { } patterns
        && (patterns.Count == 0 || patterns.Aggregate(false, (taken, pattern) => pattern.StartsWith('!') ? taken && !Matches(pattern[1..], tag) : taken || Matches(pattern, tag)));

    private static bool Matches(string pattern, string tag)
    {
        var regex = new StringBuilder("^");
        foreach (Match part in Part().Matches(pattern))
        {
            regex.Append(part.Value switch
            {
                "**" => ".*",
                "*" => "[^/]*",
                "?" or "+" or "[" or "]" or "-" => part.Value,
                var letter => Regex.Escape(letter),
            });
        }

        try
        {
            return Regex.IsMatch(tag, regex.Append('$').ToString(), RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (ArgumentException)
        {
            return false; // such as a bracket that is not closed
        }
    }

    // A push filtered by branches alone is not started by tags.
    private static IReadOnlyList<string>? TagsOf(YamlMappingNode? filter) =>
        filter is null ? [] : Find(filter, "tags") is { } tags ? Texts(tags) : Find(filter, "branches") is null && Find(filter, "branches-ignore") is null ? [] : null;

    private static Dictionary<string, bool>? Dispatch((bool IsThere, YamlMappingNode? Filter) dispatch) => !dispatch.IsThere ? null
        : ((dispatch.Filter is null ? null : Find(dispatch.Filter, "inputs")) as YamlMappingNode)?.Children.ToDictionary(
            pair => ((YamlScalarNode)pair.Key).Value ?? "",
            pair => pair.Value is YamlMappingNode input && (Find(input, "required") as YamlScalarNode)?.Value == "true" && Find(input, "default") is null) ?? [];

    private static (bool IsThere, YamlMappingNode? Filter) Event(YamlNode on, string name) => on is YamlMappingNode map
        ? (Find(map, name) is not null, Find(map, name) as YamlMappingNode)
        : (Texts(on).Contains(name), null);

    private static IReadOnlyList<string> Texts(YamlNode node) => node switch
    {
        YamlSequenceNode list => [.. list.OfType<YamlScalarNode>().Select(item => item.Value ?? "")],
        YamlScalarNode { Value: { } value } => [value],
        _ => [],
    };

    private static YamlNode? Find(YamlMappingNode map, string key) =>
        map.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode { Value: { } name } && name == key).Value;

    [GeneratedRegex(@"\*\*|.", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}
