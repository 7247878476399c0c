using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.Infrastructure.Audit.Listing;

namespace ReleaseDashboard.Web.Api;

internal static class AuditApi
{
    public static void MapAuditReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit", async (
                    string? actor, string? project, Guid? release, string? action, DateTimeOffset? from, DateTimeOffset? to, long? before, int? count,
                    AuditQueries audit, CancellationToken cancellationToken) =>
                await audit.ListAsync(
                    new AuditFilter { Actor = actor, Project = project, Release = release, Action = action, From = from, To = to, Before = before, Count = count ?? 100 },
                    cancellationToken))
            .WithSummary("Who did what, newest first")
            .WithDescription("An action ending in a dot stands for all that begin so. The next page begins before the sequence of this page's last entry.").WithTags("Audit");
        routes.MapGet("/audit/verify", (AuditVerify verify, CancellationToken cancellationToken) => verify.RunAsync(cancellationToken))
            .Produces<AuditVerification>().WithSummary("Check the whole chain of entries").WithTags("Audit");
    }
}
