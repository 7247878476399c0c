using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Infrastructure.Playbooks;
using YamlDotNet.Core;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>A step as history needs to know it.</summary>
/// <param name="Tries">How often it may be tried without asking anybody.</param>
internal sealed record OutlineStep(string Id, string Title, string Kind, int Tries, string Stage, string StageTitle);

/// <summary>
/// The skeleton of a playbook's text: stages, steps and kinds. Reads what the full reader would refuse: releases of years ago ran on kinds
/// and inputs that this version may not have any more, and they stay in the history.
/// </summary>
internal static class PlaybookOutline
{
    /// <summary>Steps in order; empty when the text is no playbook at all.</summary>
    public static IReadOnlyList<OutlineStep> Read(string text)
    {
        PlaybookNode root;
        try
        {
            root = YamlTree.Read(text);
        }
        catch (YamlException)
        {
            return [];
        }
        return [.. Items(root, "stages").SelectMany(stage => Items(stage, "steps").Select(step => Step(stage, step)))];
    }

    private static OutlineStep Step(PlaybookNode stage, PlaybookNode step)
    {
        var (id, stageId) = (Text(step, "id") ?? "", Text(stage, "id") ?? "");
        var tries = Find(step, "retry") is { } retry && int.TryParse(Text(retry, "attempts"), out var attempts) ? attempts : 1;
        return new OutlineStep(id, Text(step, "title") ?? id, Text(step, "kind") ?? "", tries, stageId, Text(stage, "title") ?? stageId);
    }

    private static IReadOnlyList<PlaybookNode> Items(PlaybookNode node, string key) => Find(node, key) is PlaybookNode.Sequence sequence ? sequence.Items : [];

    private static string? Text(PlaybookNode node, string key) => Find(node, key) is PlaybookNode.Scalar scalar ? scalar.Text : null;

    private static PlaybookNode? Find(PlaybookNode node, string key) =>
        node is PlaybookNode.Mapping mapping ? mapping.Entries.FirstOrDefault(entry => entry.Key.Text == key).Value : null;
}
