using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Files;

/// <summary>Reads a workflow file.</summary>
internal static class WorkflowReader
{
    /// <returns>The workflow, or why the file is none.</returns>
    public static (WorkflowFile? File, string? Fault) Read(string path, string text)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is not [var document] || document.RootNode is not YamlMappingNode root)
                return (null, "A workflow is a mapping with 'on' and 'jobs'.");
            if (root.Find("on") is not { } on || root.Find("jobs") is not YamlMappingNode jobs)
                return (null, "'on' and 'jobs' are needed.");
            var definitions = jobs.Children.Select(job => Job(job.Key.Text(), (YamlMappingNode)job.Value)).ToList();
            var keys = definitions.Select(job => job.Key).ToHashSet();
            var unknown = definitions.SelectMany(job => job.Needs.Where(need => !keys.Contains(need)).Select(need => $"Job '{job.Key}' needs '{need}', which is not there."));
            return unknown.FirstOrDefault() is { } fault
                ? (null, fault)
                : (new WorkflowFile(path, root.Find("name")?.Text() ?? path, root.Find("run-name")?.Text(), Triggers(on), definitions), null);
        }
        // The parser ends in an invalid operation on some flow sequences that are not closed.
        catch (Exception failure) when (failure is YamlException or InvalidOperationException or InvalidCastException or FormatException)
        {
            return (null, failure.Message);
        }
    }

    private static WorkflowTriggers Triggers(YamlNode on)
    {
        var events = on is YamlMappingNode map
            ? map.Children.ToDictionary(pair => pair.Key.Text(), pair => pair.Value as YamlMappingNode)
            : on.Texts().ToDictionary(name => name, _ => (YamlMappingNode?)null);
        return new WorkflowTriggers(
            events.TryGetValue("pull_request", out var pull)
                ? new PullTrigger(pull?.Find("branches")?.Texts(), pull?.Find("types")?.Texts() ?? PullTrigger.UsualTypes)
                : null,
            events.TryGetValue("push", out var push) ? new PushTrigger(push?.Find("branches")?.Texts(), push?.Find("tags")?.Texts()) : null,
            events.TryGetValue("workflow_dispatch", out var dispatch) ? new DispatchTrigger(Inputs(dispatch?.Find("inputs") as YamlMappingNode)) : null);
    }

    private static Dictionary<string, DispatchInput> Inputs(YamlMappingNode? inputs) => (inputs?.Children.AsEnumerable() ?? []).ToDictionary(
        pair => pair.Key.Text(),
        pair => pair.Value is YamlMappingNode input
            ? new DispatchInput(input.Find("required")?.Text() == "true", input.Find("default")?.Text())
            : new DispatchInput(false, null));

    private static JobDefinition Job(string key, YamlMappingNode job) => new(
        key,
        job.Find("name")?.Text(),
        job.Find("needs")?.Texts() ?? [],
        job.Find("if")?.Text(),
        job.Find("runs-on")?.Texts() ?? ["ubuntu-latest"],
        JobMatrix.Combine((job.Find("strategy") as YamlMappingNode)?.Find("matrix") as YamlMappingNode),
        [.. ((YamlSequenceNode?)job.Find("steps") ?? []).Select(step => Step((YamlMappingNode)step))]);

    private static StepDefinition Step(YamlMappingNode step) => new(
        step.Find("name")?.Text(),
        step.Find("uses")?.Text(),
        step.Find("run")?.Text(),
        (step.Find("with") as YamlMappingNode)?.Children.ToDictionary(pair => pair.Key.Text(), pair => pair.Value.Text()) ?? []);
}
