using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using static ReleaseDashboard.Infrastructure.Preparation.Checks.ReadinessState;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Can somebody approve, and does no other release stand in the way?</summary>
internal static class PeopleRules
{
    public static async Task<ReadinessCheck> ReviewersAsync(ReadinessScene scene)
    {
        const string id = "reviewers";
        var people = await new AccountQueries(scene.Sources.Ledger).InProjectAsync(scene.Project.Id, scene.Cancellation);
        var reviewers = people.Where(person => (person.RolesIn(scene.Project.Id) & Roles.Reviewer) != 0).Select(person => person.Name).ToList();
        var others = reviewers.Where(name => !string.Equals(name, scene.Request.Starter, StringComparison.OrdinalIgnoreCase)).ToList();
        return others.Count > 0
            ? new ReadinessCheck(id, others.Count == 1 ? "1 reviewer can approve" : $"{others.Count} reviewers can approve", Ok, string.Join(", ", others.Order(StringComparer.OrdinalIgnoreCase)) + ".")
            : new ReadinessCheck(id, "Nobody can approve", Blocking, reviewers.Count > 0 ? "You are the only reviewer, and who starts a release cannot approve it." : "No person has the role reviewer.", "Give the role reviewer to somebody else.", Fix: new(FixPlace.People, "Open people", "reviewer"));
    }

    public static async Task<ReadinessCheck> OtherReleasesAsync(ReadinessScene scene)
    {
        const string id = "other-releases";
        await using var db = scene.Sources.Ledger.Read();
        var other = await db.Releases.Where(release => release.ProjectId == scene.Project.Id && release.ActiveKey != null && release.Id != scene.Request.ReleaseId)
            .OrderBy(release => release.Id).Select(release => new { release.Id, release.Version, release.StartedBy }).FirstOrDefaultAsync(scene.Cancellation);
        return other is null
            ? new ReadinessCheck(id, "No other release is under way", Ok, "Of this project.")
            : new ReadinessCheck(id, $"Release {other.Version} is under way", Blocking, $"{other.StartedBy} started it. Two releases would push to the same branches.", "Finish or abort it first.", Fix: new(FixPlace.Release, "Open it", other.Id.ToString()));
    }
}
