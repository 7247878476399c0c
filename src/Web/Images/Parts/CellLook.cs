using ReleaseDashboard.Core.Images.Parity;
using ReleaseDashboard.Core.Images.Platforms;
using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Images.Parts;

/// <summary>How one platform of one variant is shown.</summary>
/// <param name="Class">eq, miss, diff or no.</param>
/// <param name="Reason">Why it is not there; null when nothing is to be said.</param>
public sealed record CellLook(string Class, GlyphState Glyph, string Word, string? Reason)
{
    /// <param name="platform">Null while base images are still asked.</param>
    /// <param name="isKnown">Whether both registries answered; what a silent one holds is not known.</param>
    public static CellLook Of(ParityCell? cell, PlatformCell? platform, bool isKnown) => cell?.State switch
    {
        ParityState.Equal => new("eq", GlyphState.Done, "equal", platform?.Note),
        ParityState.Different => new("diff", GlyphState.Failed, "different", "Another image has the place."),
        _ when !isKnown => new("no", GlyphState.Todo, "not known", "A registry did not answer."),
        ParityState.MissingInProduction => new("miss", GlyphState.Waiting, "missing", null),
        ParityState.MissingInPreproduction => new("miss", GlyphState.Warning, "not tested", "Only production has it."),
        _ when platform?.State == PlatformState.Impossible => new("no", GlyphState.Skipped, "impossible", platform.Reason),
        ParityState.MissingInBoth => new("miss", GlyphState.Waiting, "not built", null),
        _ => new("no", GlyphState.Todo, "not planned", null),
    };
}
