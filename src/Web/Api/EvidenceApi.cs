using System.Text;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Packs;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>A release's evidence to take away.</summary>
internal static class EvidenceApi
{
    public static void MapEvidenceReads(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/releases/{id:guid}/evidence.{format}", EvidenceAsync).Needs(Permission.SeeProject, release: "id").WithTags("Releases")
            .WithSummary("Everything that shows what a release was, as json or html").WithDescription("Steps, approvals, commands, hashes and audit entries with proofs against a signed checkpoint. Check it with audit verify-pack.");

    private static async Task<IResult> EvidenceAsync(Guid id, string format, EvidencePacks packs, CancellationToken cancellationToken)
    {
        if (format is not ("json" or "html"))
            return ApiProblems.NotFound("Evidence is json or html.");
        if (await packs.MakeAsync(id, cancellationToken) is not { } pack)
            return ReleasesApi.NoRelease();
        var name = $"evidence-{pack.Release.Project}-{pack.Release.Version}.{format}";
        return format == "json"
            ? Results.File(Encoding.UTF8.GetBytes(EvidenceJson.Write(pack)), "application/json; charset=utf-8", name)
            // Always as a file: in this site's own window it would be a page with a policy of its own.
            : Results.File(Encoding.UTF8.GetBytes(EvidenceHtml.Write(pack)), "text/html; charset=utf-8", name);
    }
}
