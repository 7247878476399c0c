using Microsoft.EntityFrameworkCore;
using static ReleaseDashboard.Infrastructure.Preparation.Checks.ReadinessState;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Does no other release stand in the way?</summary>
internal static class PeopleRules
{
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
