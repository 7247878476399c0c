using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

/// <summary>How jobs of workflows go. Of several rules that fit a job, the first that is not used up counts.</summary>
public sealed record WorkflowRule
{
    /// <summary>The outcome of a job whose step works for ever.</summary>
    public const string NeverEnds = "never_ends";

    /// <summary><c>OWNER/NAME</c>; null for every repository.</summary>
    public string? Repository { get; init; }

    /// <summary>Name of the workflow's file: <c>release.yml</c>; null for every workflow.</summary>
    public string? Workflow { get; init; }

    /// <summary>Key or name of the job, with <c>*</c>: <c>build (alpine)</c>, <c>build*</c>; null for every job.</summary>
    public string? Job { get; init; }

    /// <summary><c>success</c>, <c>failure</c>, <c>cancelled</c>, <c>timed_out</c>, or <see cref="NeverEnds"/>: it runs until somebody cancels it.</summary>
    public string Outcome { get; init; } = "success";

    /// <summary>Name of the step that fails; null for the one that does real work, or else the last.</summary>
    public string? Step { get; init; }

    /// <summary>Milliseconds until a runner takes the job.</summary>
    public int QueuedMilliseconds { get; init; } = 200;

    /// <summary>Milliseconds from there to its end.</summary>
    public int RunMilliseconds { get; init; } = 900;

    /// <summary>Lines that it prints.</summary>
    public ImmutableList<string> Output { get; init; } = [];

    /// <summary>A remark on a file, such as the failing line.</summary>
    public Annotation? Annotation { get; init; }

    /// <summary>Platforms that are not built, variants that are not migrated, or files (with <c>*</c>) that are not published, although the job is green.</summary>
    public ImmutableList<string> LeaveOut { get; init; } = [];

    /// <summary>Whether other bytes than the attached files, or other images than the tested ones, are published under the same names, although the job is green.</summary>
    public bool Tamper { get; init; }

    /// <summary>How many jobs the rule is for: 1 makes the next one red, and the one after a push or a re-run green. Null for ever.</summary>
    public int? Times { get; init; }

    internal bool Fits(string repository, string fileName, string key, string name) =>
        (Repository is null || Repository.Equals(repository, StringComparison.OrdinalIgnoreCase))
        && (Workflow is null || Workflow == fileName)
        && (Job is null || Matches(Job, key) || Matches(Job, name));

    internal static bool Matches(string pattern, string name) => Regex.IsMatch(
        name, "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}

/// <summary>The rules for jobs. Kept in the data folder, with how often each is still to be used.</summary>
public sealed class WorkflowScript
{
    private readonly Lock gate = new();
    private readonly string path;
    private ImmutableList<WorkflowRule> rules;

    public WorkflowScript(string path)
    {
        this.path = path;
        rules = DocumentFile.Load<ImmutableList<WorkflowRule>>(path) ?? [];
    }

    /// <summary>The rules that are still of use.</summary>
    public IReadOnlyList<WorkflowRule> Rules
    {
        get
        {
            lock (gate)
                return rules;
        }
    }

    /// <summary>Replaces all rules; jobs that exist keep their course.</summary>
    public void Replace(IEnumerable<WorkflowRule> wanted)
    {
        lock (gate)
            Save_NeedsLock([.. wanted]);
    }

    /// <summary>Puts a rule before all others.</summary>
    public void Add(WorkflowRule rule)
    {
        lock (gate)
            Save_NeedsLock(rules.Insert(0, rule));
    }

    /// <summary>Finds the rule for a job and counts its use.</summary>
    internal WorkflowRule Take(string repository, string fileName, string key, string name)
    {
        lock (gate)
        {
            if (rules.FirstOrDefault(rule => rule.Fits(repository, fileName, key, name)) is not { } found)
                return new WorkflowRule();
            if (found.Times is { } times)
                Save_NeedsLock(times > 1 ? rules.Replace(found, found with { Times = times - 1 }) : rules.Remove(found));
            return found;
        }
    }

    private void Save_NeedsLock(ImmutableList<WorkflowRule> next)
    {
        DocumentFile.Save(path, next);
        rules = next;
    }
}
