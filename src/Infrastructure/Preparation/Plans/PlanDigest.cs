using System.Security.Cryptography;
using System.Text.Json;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Preparation.Plans;

/// <summary>The digest of a plan: what the starter saw, without durations, which change with every release.</summary>
internal static class PlanDigest
{
    public static string Of(PlannedRelease plan)
    {
        var canonical = new
        {
            plan.Project.Id,
            plan.Project.Repository,
            plan.Project.Settings,
            plan.Version,
            plan.Playbook,
            plan.PlaybookRevision,
            plan.BaseCommit,
            plan.LastVersion,
            Stages = plan.Stages.Select(stage => new { stage.Id, stage.Title, Steps = stage.Steps.Select(step => step with { Expected = null }) }),
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(canonical, JsonColumn.Options)));
    }
}
