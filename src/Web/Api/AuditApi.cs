using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

internal static class AuditApi
{
    public static void MapAuditReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit", async (
                    string? actor, string? project, Guid? release, string? action, DateTimeOffset? from, DateTimeOffset? to, long? before, int? count,
                    AuditQueries audit, CurrentActor reader, CancellationToken cancellationToken) =>
                await audit.ListAsync(
                    new AuditFilter { Visible = AuditSight.Of(await reader.GetAsync(cancellationToken)), Actor = actor, Project = project, Release = release, Action = action, From = from, To = to, Before = before, Count = count ?? 100 },
                    cancellationToken))
            .ForSignedIn().WithSummary("Who did what, newest first")
            .WithDescription("An action ending in a dot stands for all that begin so. The next page begins before the sequence of this page's last entry.").WithTags("Audit");
        routes.MapGet("/audit/verify", (AuditVerify verify, CancellationToken cancellationToken) => verify.RunAsync(cancellationToken))
            .Needs(Permission.ReadAudit).Produces<AuditVerification>().WithSummary("Check the whole chain of entries").WithTags("Audit");
    }
}
