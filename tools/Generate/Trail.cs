using System.Globalization;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Generate;

/// <summary>The audit entries of the generated releases: a few releases at a time, each step begun, tried and done, people in between.</summary>
internal sealed class Trail(GenerateOptions options, Cast cast, IReadOnlyList<ReleaseRecord> releases)
{
    private const int AtOnce = 4;

    // Weighted by how often they stand here.
    private static readonly string[] ByWorkers = ["step.start", "step.attempt", "step.succeed", "step.start", "step.attempt", "step.succeed", "step.wait", "step.ask", "step.fail", "step.reconcile"];
    private static readonly string[] ByPeople = ["checklist.tick", "checklist.tick", "checklist.untick", "approval.approve", "approval.reject", "comment.add", "step.retry", "step.fix", "step.skip", "step.mark-done"];
    private static readonly string[] WithoutProject = ["session.sign-in", "session.sign-out", "token.create", "token.revoke", "user.update"];

    public IEnumerable<AuditEntry> Entries()
    {
        var random = new Random(options.Seed + 1);
        var perRelease = Math.Max(2, options.Audit / Math.Max(1, releases.Count));
        var (sequence, at) = (0L, releases.Count > 0 ? releases[0].StartedAt : DateTimeOffset.UnixEpoch);
        for (var first = 0; first < releases.Count && sequence < options.Audit; first += AtOnce)
        {
            var active = releases.Skip(first).Take(AtOnce).ToList();
            var count = first + AtOnce >= releases.Count ? options.Audit - sequence : perRelease * active.Count;
            var step = (active[^1].StartedAt - active[0].StartedAt + (active.Count > 1 ? (active[1].StartedAt - active[0].StartedAt) : TimeSpan.FromHours(1))) / count;
            for (var item = 0L; item < count && sequence < options.Audit; item++)
            {
                at = Max(at, DateTimeOffset.FromUnixTimeMilliseconds((active[0].StartedAt + (step * item)).ToUnixTimeMilliseconds()));
                yield return Entry(++sequence, at, active[random.Next(active.Count)], item, count, random);
            }
        }
    }

    private AuditEntry Entry(long sequence, DateTimeOffset at, ReleaseRecord release, long item, long count, Random random)
    {
        if (item == count - 1)
            return Of("system", "system", "release.publish", release.Version, "{\"status\":\"Running\"}", "{\"status\":\"Published\"}");
        if (random.Next(40) == 0)
            return new AuditEntry(sequence, at, "person", Cast.Pick(cast.People, random), WithoutProject[random.Next(WithoutProject.Length)], null, null, "dashboard", null, null);
        var step = Years.Steps[random.Next(Years.Steps.Length)];
        if (random.Next(4) == 0)
            return Of("person", random.Next(3) == 0 ? Cast.Pick(cast.People, random) : release.StartedBy, ByPeople[random.Next(ByPeople.Length)], step, null, "{\"comment\":\"Looks good to me, go on.\"}");
        var fence = random.Next(1, 9);
        // As the product has it, a worker has a new name at every start: one every few thousand entries.
        return Of("worker", string.Create(CultureInfo.InvariantCulture, $"build-{sequence / 4096:x8}"), ByWorkers[random.Next(ByWorkers.Length)], step,
            string.Create(CultureInfo.InvariantCulture, $"{{\"status\":\"Pending\",\"fence\":{fence}}}"),
            string.Create(CultureInfo.InvariantCulture, $"{{\"status\":\"Running\",\"fence\":{fence},\"attempt\":1,\"evidence\":\"{sequence * 7919:x16}\"}}"));

        AuditEntry Of(string kind, string name, string action, string subject, string? before, string? after) =>
            new(sequence, at, kind, name, action, release.ProjectId, release.Id, subject, before, after);
    }

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
