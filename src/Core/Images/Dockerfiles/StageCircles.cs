using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>Stages that need each other can never be built.</summary>
internal static class StageCircles
{
    public static void Check(IReadOnlyList<DockerfileStage> stages, List<DockerfileFault> faults)
    {
        var graph = new StepGraph(stages.Select(stage => ($"{stage.Index}", (IReadOnlyList<string>)[.. stage.Needs.Select(index => $"{index}")])));
        foreach (var circle in graph.FindCycles())
        {
            var names = circle.Select(index => stages[int.Parse(index)]).ToList();
            faults.Add(new DockerfileFault(names[0].Line, $"Stages need each other in a circle: {string.Join(" needs ", names.Select(stage => stage.Title))}."));
        }
    }
}
