using System.Collections.Immutable;
using ReleaseDashboard.Sandbox.GitHub.Actions.Files;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

/// <summary>Makes the jobs of a run, one for each combination of a matrix, as the script wants them to go.</summary>
internal sealed class JobMaker(WorkflowScript script, TimeProvider time)
{
    private const string SetUp = "Set up job";
    private const string CleanUp = "Complete job";

    public IEnumerable<WorkflowJob> Make(SandboxRepository repository, WorkflowFile file, IReadOnlyDictionary<string, string> facts, int firstId)
    {
        foreach (var definition in file.Jobs)
        {
            foreach (var combination in definition.Matrix)
                yield return Make(repository, file, definition, combination, facts, firstId++);
        }
    }

    /// <summary>The same job for another attempt.</summary>
    public WorkflowJob Again(SandboxRepository repository, string fileName, WorkflowJob job, int id, int attempt)
    {
        ImmutableList<WorkflowStep> steps =
            [.. job.Steps.Select(step => step with { Status = "queued", Conclusion = null, StartedAt = null, CompletedAt = null })];
        return job with
        {
            Id = id,
            Attempt = attempt,
            Status = "queued",
            Conclusion = null,
            CreatedAt = time.GetUtcNow(),
            DueAt = null,
            StartedAt = null,
            CompletedAt = null,
            Steps = steps,
            Plan = Plan(repository, fileName, job.Key, job.Name, steps),
        };
    }

    private WorkflowJob Make(
        SandboxRepository repository, WorkflowFile file, JobDefinition definition, IReadOnlyDictionary<string, string> combination,
        IReadOnlyDictionary<string, string> facts, int id)
    {
        var own = new Dictionary<string, string>(facts);
        foreach (var (key, value) in combination)
            own["matrix." + key] = value;
        var named = definition.Name is not null && definition.Name.Contains("matrix.", StringComparison.Ordinal);
        var name = WorkflowExpressions.Expand(definition.Name ?? definition.Key, own);
        if (!named && combination.Count > 0)
            name += $" ({string.Join(", ", combination.Values)})";
        var steps = Steps(definition, own);
        return new WorkflowJob
        {
            Id = id,
            Key = definition.Key,
            Name = name,
            Attempt = 1,
            Needs = [.. definition.Needs],
            If = definition.If,
            Wanted = WorkflowExpressions.Holds(definition.If, own),
            Labels = [.. definition.Labels.Select(label => WorkflowExpressions.Expand(label, own))],
            CreatedAt = time.GetUtcNow(),
            Steps = steps,
            Plan = Plan(repository, file.FileName, definition.Key, name, steps),
        };
    }

    private static ImmutableList<WorkflowStep> Steps(JobDefinition definition, IReadOnlyDictionary<string, string> facts)
    {
        var steps = definition.Steps.Select(step => new WorkflowStep
        {
            Number = 0,
            Name = WorkflowExpressions.Expand(step.Title, facts),
            Uses = step.Uses,
            Run = step.Run is null ? null : WorkflowExpressions.Expand(step.Run, facts),
            With = step.With.ToImmutableSortedDictionary(pair => pair.Key, pair => WorkflowExpressions.Expand(pair.Value, facts), StringComparer.Ordinal),
        });
        IEnumerable<WorkflowStep> all = [new WorkflowStep { Number = 0, Name = SetUp }, .. steps, new WorkflowStep { Number = 0, Name = CleanUp }];
        return [.. all.Select((step, at) => step with { Number = at + 1 })];
    }

    private JobPlan Plan(SandboxRepository repository, string fileName, string key, string name, ImmutableList<WorkflowStep> steps)
    {
        var rule = script.Take(repository.FullName, fileName, key, name);
        var failing = rule.Outcome == "success" ? null
            : steps.FirstOrDefault(step => step.Name == rule.Step)
            ?? steps.FirstOrDefault(step => step.Uses?.StartsWith("sandbox/", StringComparison.Ordinal) == true)
            ?? steps[^2];
        return new JobPlan(rule.Outcome, failing?.Number ?? 0, rule.QueuedMilliseconds, rule.RunMilliseconds, rule.Output, rule.Annotation, rule.LeaveOut, rule.Tamper);
    }
}
