using System.Globalization;
using System.Text;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

/// <summary>What steps printed, as GitHub hands it out: each line with its time. A file for each step, so that one done again is not there twice.</summary>
internal static class StepLog
{
    public static void Write(SandboxRepository repository, WorkflowJob job, WorkflowStep step, IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in Headed(job, step, lines))
            text.Append((step.CompletedAt ?? step.StartedAt)!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)).Append(' ').Append(line).Append('\n');
        File.WriteAllText(PathOf(repository, job.Id, step.Number), text.ToString());
    }

    /// <summary>The whole log of a job.</summary>
    public static string Read(SandboxRepository repository, WorkflowJob job) =>
        string.Concat(job.Steps.Select(step => PathOf(repository, job.Id, step.Number)).Where(File.Exists).Select(File.ReadAllText));

    /// <summary>What a step prints that the script or nobody says anything about.</summary>
    public static IReadOnlyList<string> Simulated(WorkflowJob job, WorkflowStep step)
    {
        var plan = job.Plan;
        var speaks = plan.FailingStep == step.Number || (plan.FailingStep == 0 && step.Number == Math.Max(job.Steps.Count - 1, 1));
        var failed = plan.FailingStep == step.Number ? (string[])["##[error]Process completed with exit code 1."] : [];
        return [.. speaks ? plan.Output : [], .. failed];
    }

    private static IEnumerable<string> Headed(WorkflowJob job, WorkflowStep step, IEnumerable<string> lines)
    {
        if (step.Number == 1)
            return [$"Runner of the sandbox for {string.Join(", ", job.Labels)}", $"Complete job name: {job.Name}"];
        if (step.Uses is null && step.Run is null)
            return ["Cleaning up", .. lines];
        var heading = step.Uses ?? step.Run!.Split('\n')[0];
        return
        [
            $"##[group]Run {heading}", .. step.Run?.TrimEnd('\n').Split('\n') ?? step.With.Select(input => $"  {input.Key}: {input.Value.TrimEnd('\n').Replace("\n", ", ", StringComparison.Ordinal)}"),
            "##[endgroup]", .. lines,
        ];
    }

    private static string PathOf(SandboxRepository repository, int job, int step) => Path.Combine(repository.Logs, $"{job}-{step}.txt");
}
