using ReleaseDashboard.Infrastructure.Freezes;
using static ReleaseDashboard.Infrastructure.Preparation.Checks.ReadinessState;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Will the release be able to publish?</summary>
internal static class FreezeRules
{
    public static async Task<ReadinessCheck> InForceAsync(ReadinessScene scene)
    {
        const string id = "freeze";
        await using var db = scene.Sources.Ledger.Read();
        var now = scene.Sources.Time.GetUtcNow();
        var freezes = await FreezeQueries.OfReleaseAsync(db, scene.Project.Id, scene.Request.ReleaseId ?? Guid.Empty, now, scene.Cancellation);
        if (freezes.FirstOrDefault(freeze => freeze.Stops) is { } stops)
            return new ReadinessCheck(id, "Releases are frozen", Warning, $"{stops.Freeze.Words}.", "The release can be prepared. It waits before the first step that cannot be undone, and goes on by itself when the freeze ends.");
        return freezes.FirstOrDefault(freeze => freeze.OverriddenBy is null) is { } coming
            ? new ReadinessCheck(id, "A freeze is coming", Warning, $"{coming.Freeze.Words}.", "What is not published by then waits until it ends.")
            : new ReadinessCheck(id, "No freeze is in force", Ok, "For this project.");
    }
}
