using System.Globalization;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Releases.List;

namespace ReleaseDashboard.Web.History.Badges;

/// <summary><c>/badges/PROJECT/version.svg</c>, <c>status.svg</c> and <c>last-release.svg</c>.</summary>
internal static class BadgeEndpoints
{
    public static void MapBadges(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/badges/{project}/{badge}.svg", BadgeAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> BadgeAsync(
        string project, string badge, HttpContext http, ProjectBadges badges, CurrentActor current, ApiTokens tokens, SessionCheck check, CancellationToken cancellationToken)
    {
        var state = await badges.FindAsync(project, cancellationToken);
        var reader = state is { Project.Settings.PublicBadges: true } ? null : await OutsideReader.OfAsync(http, current, tokens, check);
        if (reader is not null && (state is null || !OutsideReader.MaySee(reader, state.Project)))
            return OutsideReader.Refuse(http, reader);
        var svg = badge switch
        {
            "version" => BadgeSvg.Of(state!.Project.Name, state.Last?.Version ?? "not released", state.Last is null ? BadgeSvg.Calm : BadgeSvg.Good),
            "status" => BadgeSvg.Of("release", state!.Newest is { } status ? ReleaseLook.Word(status).ToLowerInvariant() : "none yet", Colour(state.Newest)),
            "last-release" => BadgeSvg.Of("last release", state!.Last?.FinishedAt.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? "none yet", BadgeSvg.Calm),
            _ => null,
        };
        return svg is null ? Results.NotFound() : CachedText.Of(http, svg, "image/svg+xml", isPublic: reader is null);
    }

    private static string Colour(ReleaseStatus? status) => status switch
    {
        ReleaseStatus.Published => BadgeSvg.Good,
        ReleaseStatus.Failed => BadgeSvg.Bad,
        ReleaseStatus.Running or ReleaseStatus.WaitingOutside or ReleaseStatus.NeedsPerson => BadgeSvg.Busy,
        _ => BadgeSvg.Calm,
    };
}
