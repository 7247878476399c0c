using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.TestSupport.History;

/// <summary>Finished releases of several projects and people, the same for the same seed.</summary>
public static class HistorySeed
{
    internal static readonly string[] Titles = ["Prepare", "Test and build", "Review and merge", "Upload", "After release"];
    private static readonly string[] Troubles = ["Wait for checks", "Run tests", "Install from test index", "Upload to PyPI"];

    /// <summary>The last of them ended then.</summary>
    public static DateTimeOffset End { get; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Adds projects, releases and their facts, one release every few hours back from <paramref name="end"/>.</summary>
    /// <param name="projects">Ids and names; those that are not in the database are made.</param>
    /// <param name="longest">When given, one in forty releases took that long, so that many others ran meanwhile.</param>
    public static async Task AddAsync(LedgerStore ledger, int count, IReadOnlyList<string>? projects = null, IReadOnlyList<string>? people = null, DateTimeOffset? end = null, TimeSpan? pause = null, int seed = 7, TimeSpan? longest = null)
    {
        var random = new Random(seed);
        var names = projects ?? ["hello-bot", "hello-wrapper", "images", "rare"];
        var who = people ?? ["bea", "mia", "noah", "once"];
        var ids = await ProjectsAsync(ledger, names);
        var last = end ?? End;
        const int batch = 1000;
        for (var done = 0; done < count; done += batch)
        {
            await ledger.AppendAsync(
                async db =>
                {
                    for (var at = done; at < Math.Min(done + batch, count); at++)
                        Add(db, random, ids, names, who, at, last - ((pause ?? TimeSpan.FromHours(7)) * (count - 1 - at)), at % 40 == 7 ? longest : null);
                    await db.SaveChangesAsync();
                    db.ChangeTracker.Clear();
                },
                CancellationToken.None);
        }
    }

    /// <summary>The commit that the release at this place was made from; one in ten shares it with the one before.</summary>
    public static string CommitOf(int at) => string.Concat(Enumerable.Repeat(unchecked((uint)(at % 10 == 1 ? at - 1 : at) * 2_654_435_761u).ToString("x8", CultureInfo.InvariantCulture), 5));

    private static void Add(LedgerContext db, Random random, IReadOnlyList<Guid> ids, IReadOnlyList<string> names, IReadOnlyList<string> who, int at, DateTimeOffset finishedAt, TimeSpan? took)
    {
        // The last name of each is rare: what a filter finds seldom is the hard case.
        var project = random.Next(200) == 0 ? ids.Count - 1 : random.Next(Math.Max(1, ids.Count - 1));
        var person = random.Next(200) == 0 ? who[^1] : who[random.Next(Math.Max(1, who.Count - 1))];
        var isPublished = random.Next(9) > 0;
        var isRehearsal = random.Next(4) == 0;
        var playbook = names[project].Contains("image", StringComparison.Ordinal) ? "images" : random.Next(20) == 0 ? "python-docker" : "wrapper";
        var minutes = Titles.Select((_, stage) => 1 + random.Next(stage == 2 ? 60 : 12)).ToList();
        var startedAt = finishedAt - (took ?? TimeSpan.FromMinutes(minutes.Sum()));
        var id = Guid.CreateVersion7(startedAt);
        var version = $"{1 + (at / 20000)}.{at / 50 % 400}.{at % 50}";
        var failures = random.Next(4) == 0 ? 1 + random.Next(2) : 0;
        db.Releases.Add(new ReleaseRecord
        {
            Id = id, ProjectId = ids[project], Version = version, Status = isPublished ? ReleaseStatus.Published : ReleaseStatus.Aborted, IsRehearsal = isRehearsal, PlaybookName = playbook, PlaybookRevision = 1,
            PlanDigest = "", BaseCommit = CommitOf(at), Owner = person, StartedBy = person, StartedAt = startedAt, FinishedAt = finishedAt, AbortReason = isPublished ? null : "versions differed",
        });
        db.ReleaseCommits.Add(new ReleaseCommitRecord { Commit = CommitOf(at), ReleaseId = id, ProjectId = ids[project] });
        var from = startedAt;
        db.ReleaseFacts.Add(new ReleaseFactsRecord
        {
            ReleaseId = id, ProjectId = ids[project], Version = version, IsPublished = isPublished, IsRehearsal = isRehearsal, PlaybookName = playbook, StartedBy = person, ApprovedBy = isPublished ? ["rita"] : [],
            AbortReason = isPublished ? null : "versions differed", StartedAt = startedAt, FinishedAt = finishedAt, LeadMilliseconds = (long)(finishedAt - startedAt).TotalMilliseconds, PeopleMilliseconds = minutes[2] * 50_000L,
            OutsideMilliseconds = minutes[1] * 20_000L, Failures = failures, Retries = failures / 2, PackageBytes = isPublished ? 48_000 + (at * 10) : null, ImageBytes = playbook == "images" && isPublished ? 412_000_000 + (at * 1000L) : null,
            Stages = [.. Titles.Take(isPublished ? 5 : 3).Select((title, stage) => new StageFacts($"s{stage}", title, from, from = from.AddMinutes(minutes[stage]), stage == 2 ? minutes[2] * 50_000L : 0))],
            Steps = failures == 0 ? [] : [new StepFacts("t", Troubles[random.Next(Troubles.Length)], failures, failures / 2)],
        });
    }

    private static async Task<IReadOnlyList<Guid>> ProjectsAsync(LedgerStore ledger, IReadOnlyList<string> names)
    {
        var ids = new List<Guid>();
        await ledger.AppendAsync(
            async db =>
            {
                foreach (var name in names)
                {
                    if (await db.Projects.FirstOrDefaultAsync(project => project.Name == name) is { } known)
                    {
                        ids.Add(known.Id);
                        continue;
                    }
                    var id = Guid.CreateVersion7(End);
                    db.Projects.Add(new ProjectRecord
                    {
                        Id = id, Name = name, Repository = $"example/{name}", IsSandbox = false, CreatedAt = End, CreatedBy = "test",
                        Settings = new ProjectSettings { GitUrl = $"https://git.example/{name}.git", WebUrl = $"https://git.example/{name}", Package = "p", VersionFile = "p.py" },
                    });
                    ids.Add(id);
                }
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        return ids;
    }
}
