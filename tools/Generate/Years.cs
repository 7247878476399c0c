using System.Security.Cryptography;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Generate;

/// <summary>The releases of the generated years, in the order of their start.</summary>
internal sealed class Years(GenerateOptions options, Cast cast, DateTimeOffset first)
{
    public const string Playbook =
        """
        schema: 1
        name: generated
        title: Generated release
        revision: 1
        stages:
          - id: prepare
            title: Prepare
            steps:
              - { id: preflight, title: Preflight, kind: checklist, items: [{ id: one, text: Everything is there }] }
              - { id: review, title: Review checklist, kind: checklist, items: [{ id: one, text: README read }] }
          - id: build
            title: Test and build
            steps:
              - { id: test, title: Run tests, kind: checklist, items: [{ id: one, text: Tests are green }] }
              - { id: package, title: Build package, kind: checklist, items: [{ id: one, text: Package is built }] }
          - id: publish
            title: Publish
            steps:
              - { id: approve, title: Approve publication, kind: approval, inputs: { commit: 8c15f02e }, approval: { count: 1, role: reviewer, not_starter: true } }
              - { id: upload, title: Upload, kind: checklist, items: [{ id: one, text: Uploaded }] }
          - id: after
            title: After release
            steps:
              - { id: tag, title: Tag, kind: checklist, items: [{ id: one, text: Tagged }] }
              - { id: announce, title: Announce, kind: checklist, items: [{ id: one, text: Announced }] }
        """;

    public static readonly string[] Steps = ["preflight", "review", "test", "package", "approve", "upload", "tag", "announce"];

    // Ten years, evenly.
    private readonly TimeSpan between = TimeSpan.FromDays(3650) / Math.Max(1, options.Releases);

    public IEnumerable<ReleaseRecord> Releases()
    {
        var random = new Random(options.Seed);
        var versions = new int[cast.Projects.Count];
        for (var at = 0; at < options.Releases; at++)
        {
            var started = DateTimeOffset.FromUnixTimeMilliseconds((first + (between * at)).ToUnixTimeMilliseconds());
            var project = Cast.Pick(cast.Projects, random);
            var number = versions[cast.Projects.ToList().IndexOf(project)]++;
            var owner = Cast.Pick(cast.People, random);
            var isPublished = random.Next(20) != 0;
            yield return new ReleaseRecord
            {
                Id = Guid.CreateVersion7(started), ProjectId = project.Id, Version = $"{number / 100 + 1}.{number / 10 % 10}.{number % 10}",
                Status = isPublished ? ReleaseStatus.Published : ReleaseStatus.Aborted, IsRehearsal = random.Next(10) == 0, PlaybookName = "generated", PlaybookRevision = 1,
                PlanDigest = new string('0', 64), BaseCommit = CommitOf(at), LastVersion = null, Owner = owner, StartedBy = owner, StartedAt = started,
                FinishedAt = started.AddMinutes(10 + random.Next(600)), AbortReason = isPublished ? null : "not needed",
            };
        }
    }

    private static string CommitOf(int at) => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(at)))[..40];

    public static IEnumerable<(StepRecord Step, AttemptRecord Attempt)> StepsOf(ReleaseRecord release)
    {
        var took = (release.FinishedAt!.Value - release.StartedAt) / Steps.Length;
        for (var at = 0; at < Steps.Length; at++)
        {
            var (begun, ended) = (release.StartedAt + (took * at), release.StartedAt + (took * (at + 1)));
            var isDone = release.Status == ReleaseStatus.Published || at < Steps.Length / 2;
            var step = new StepRecord
            {
                Id = Guid.CreateVersion7(begun), ReleaseId = release.Id, Key = Steps[at], Ordinal = at, Status = isDone ? StepStatus.Succeeded : StepStatus.Cancelled,
                Attempts = 1, Fence = 1, StartedAt = begun, FinishedAt = ended, SettledBy = release.StartedBy,
            };
            yield return (step, new AttemptRecord
            {
                Id = Guid.CreateVersion7(begun), ReleaseId = release.Id, StepId = step.Id, Number = 1, Fence = 1, Worker = "generated-0", IdempotencyKey = step.Key, IntentDigest = new string('0', 64),
                StartedAt = begun, FinishedAt = ended, Outcome = isDone ? AttemptOutcome.Succeeded : AttemptOutcome.Cancelled,
            });
        }
    }
}
