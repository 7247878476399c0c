using System.Collections.Concurrent;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;

namespace ReleaseDashboard.TestSupport.Steps;

/// <summary>Makes what the engine would hand to a step, for one release.</summary>
public sealed class StepContextBuilder(ProjectSettings settings, string workspace)
{
    private readonly Dictionary<string, Evidence> outputs = [];
    private readonly RecordedLog log = new();

    public ProjectSettings Settings { get; set; } = settings;

    public PythonVersion Version { get; set; } = PythonVersion.Parse("1.2.0");

    public string BaseCommit { get; set; } = new('0', 40);

    public DateTimeOffset StartedAt { get; set; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    /// <summary>When the step began; with the release when null.</summary>
    public DateTimeOffset? StepStartedAt { get; set; }

    /// <summary>Secrets by name.</summary>
    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>Every line that any step wrote.</summary>
    public IReadOnlyList<string> Lines => log.Lines;

    /// <summary>Descriptions of the processes that steps told the ledger of.</summary>
    public ConcurrentQueue<string> Processes { get; } = new();

    public Guid ReleaseId { get; set; } = Guid.Parse("01890000-0000-7000-8000-000000000001");

    public ReleaseFacts Facts => new(
        ReleaseId, Version, "ana", StartedAt, BaseCommit, "1.1.0",
        new Project(Guid.Parse("01890000-0000-7000-8000-000000000002"), Settings.Package, $"example/{Settings.Package}", IsSandbox: true, Settings));

    public void Proved(string step, Evidence evidence) => outputs[step] = evidence;

    public StepContext Build(string kind, params (string Name, object Value)[] inputs) => new()
    {
        Facts = Facts,
        Definition = new StepDefinition { Id = "step", Title = "A step", Kind = kind },
        Inputs = Inputs(inputs),
        Outputs = new Dictionary<string, Evidence>(outputs),
        IdempotencyKey = "key",
        Workspace = workspace,
        Artifacts = workspace + "-artifacts",
        Log = log,
        Secrets = new Stored(Secrets),
        Ticks = [],
        Decisions = [],
        TrackProcess = (identity, _) =>
        {
            Processes.Enqueue(identity);
            return Task.CompletedTask;
        },
        StepStartedAt = StepStartedAt ?? StartedAt,
    };

    public PlanContext Plan(string kind, string? checkout, params (string Name, object Value)[] inputs) =>
        new(Facts, new StepDefinition { Id = "step", Title = "A step", Kind = kind }, Inputs(inputs), checkout);

    private static StepInputs Inputs((string Name, object Value)[] inputs) => new(inputs.ToDictionary(
        input => input.Name,
        input => input.Value switch
        {
            string text => new InputValue.Text(text),
            bool flag => new InputValue.Flag(flag),
            IEnumerable<string> items => (InputValue)new InputValue.List([.. items.Select(item => new InputValue.Text(item))]),
            var other => throw new ArgumentException($"{other} is no input.", nameof(inputs)),
        }));

    private sealed class Stored(Dictionary<string, string> secrets) : ISecretSource
    {
        public Task<string?> ReadAsync(string name, CancellationToken cancellationToken) => Task.FromResult(secrets.GetValueOrDefault(name));
    }

    private sealed class RecordedLog : IStepLog
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyList<string> Lines => [.. lines];

        public void Write(string line) => lines.Enqueue(line);
    }
}
