using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Preparation.Checks;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Tests.Preparation;

public sealed class PreflightStepTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Observe_Ready_IsDoneWithEvidenceForEachCheck()
    {
        await using var world = await PreparationWorld.StartAsync();
        var log = new Lines();

        var done = (await world.Get<StepCatalogue>()["preflight"].ObserveAsync(Context(world, log, "1.2.0"), Stop)).ShouldBeOfType<Observation.Done>();

        done.Evidence.Items.Count.ShouldBe(Readiness.CountOf(world.Project) + 1);
        done.Evidence["tag-free"].ShouldBe("ok: Tag 1.2.0 is free");
        log.Written.Count.ShouldBe(Readiness.CountOf(world.Project));
        log.Written.ShouldAllBe(line => !line.Contains("sandbox-maintainer-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Observe_Blocked_FailsNamingEachReason()
    {
        await using var world = await PreparationWorld.StartAsync();
        await world.ChangeAsync(db => db.Users.ExecuteDeleteAsync(Stop));

        var failed = (await world.Get<StepCatalogue>()["preflight"].ObserveAsync(Context(world, new Lines(), "1.1.3"), Stop)).ShouldBeOfType<Observation.Failed>();

        failed.Error.Code.ShouldBe("not-ready");
        failed.Error.What.ShouldContain("Tag 1.1.3 exists");
        failed.Error.What.ShouldContain("Nobody can approve");
        failed.Error.Lines.ShouldContain(line => line.StartsWith("hello-wrapper 1.1.3 is on production", StringComparison.Ordinal));
        failed.Evidence["tag-free"].ShouldBe("STOP: Tag 1.1.3 exists");
    }

    private static StepContext Context(PreparationWorld world, IStepLog log, string version) => new()
    {
        Facts = new ReleaseFacts(Guid.CreateVersion7(), PythonVersion.Parse(version), "maintainer", TimeProvider.System.GetUtcNow(), new string('0', 40), "1.1.3", world.Project),
        Definition = new StepDefinition { Id = "preflight", Title = "Preflight", Kind = "preflight" },
        Inputs = new StepInputs(new Dictionary<string, InputValue>()),
        Outputs = new Dictionary<string, Evidence>(),
        IdempotencyKey = "key",
        Workspace = world.Get<WorkerOptions>().Workspaces,
        Artifacts = Path.Combine(world.Get<WorkerOptions>().DataFolder, "artifacts"),
        Log = log,
        Secrets = new None(),
        Ticks = [],
        Decisions = [],
        Approvals = [new StepDefinition { Id = "approve", Title = "Approve", Kind = "approval", Approval = new ApprovalRule(1, "reviewer", notStarter: true) }],
        TrackProcess = (_, _) => Task.CompletedTask,
        StepStartedAt = TimeProvider.System.GetUtcNow(),
    };

    private sealed class Lines : IStepLog
    {
        public List<string> Written { get; } = [];

        public void Write(string line) => Written.Add(line);
    }

    private sealed class None : ISecretSource
    {
        public Task<string?> ReadAsync(string name, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
