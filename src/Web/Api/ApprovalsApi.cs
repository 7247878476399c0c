using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.Api;

/// <summary>An approval of a release.</summary>
/// <param name="Page">Path of the reviewer's page.</param>
/// <param name="Requires">Who must sign, in words.</param>
/// <param name="Evidence">What is approved, item by item.</param>
public sealed record ReleaseApproval(
    string Step, string Title, string Page, StepStatus Status, string? Reason, string EvidenceDigest, IReadOnlyList<EvidenceItem> Evidence, IReadOnlyList<string> Requires,
    IReadOnlyList<SignatureSlot> Signatures, int Missing, DateTimeOffset? AskedAt, DateTimeOffset? DueAt, VoidedApproval? Voided, IReadOnlyList<Decision> Decisions)
{
    internal static ReleaseApproval Of(ReleaseView release, StepView step, ApprovalView approval) => new(
        step.Key, step.Title, PageUrls.Approve(release.Id, step.Key), step.Status, step.Reason, approval.EvidenceDigest, step.Evidence?.Items ?? [],
        [.. approval.Rule.Require.Select(each => each.Words)], approval.Signatures, approval.Missing, approval.AskedAt, approval.DueAt, approval.Voided, approval.Decisions);
}

/// <summary>A release goes to another maintainer.</summary>
/// <param name="To">Sign-in name.</param>
public sealed record HandOver(string? To, string? Reason);

internal static class ApprovalsApi
{
    public static void MapApprovalReads(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/releases/{id:guid}/approvals", async (Guid id, ReleaseQueries releases, CancellationToken cancellationToken) =>
                await releases.FindAsync(id, cancellationToken) is { } release
                    ? Results.Ok(release.Steps.Where(step => step.Approval is not null).Select(step => ReleaseApproval.Of(release, step, step.Approval!)))
                    : ReleasesApi.NoRelease())
            .Needs(Permission.SeeProject, release: "id").Produces<IReadOnlyList<ReleaseApproval>>().WithSummary("The approvals of a release: what is asked, who signed, what became void").WithTags("Approvals");

    public static void MapApprovalWrites(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/releases/{id:guid}/hand-over", async (
                Guid id, HandOver body, HandOverRelease handOver, ReleaseQueries releases, CurrentActor actor, CancellationToken cancellationToken) =>
            {
                var result = await handOver.RunAsync(await actor.GetAsync(cancellationToken), id, body.To, body.Reason, cancellationToken);
                return result.IsDone ? Results.Ok(await releases.FindAsync(id, cancellationToken)) : ApiProblems.Of(result);
            })
            .Needs(Permission.HandOver, release: "id").Produces<ReleaseView>().WithSummary("Give a release to another maintainer").WithTags("Releases");
}
