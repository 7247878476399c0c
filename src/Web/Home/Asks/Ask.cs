using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.Home.Asks;

/// <summary>Something that waits for a person.</summary>
/// <param name="IsYours">Asked of the reader; otherwise of the reader's team.</param>
/// <param name="Title">What is to be done.</param>
/// <param name="Detail">What it is about.</param>
/// <param name="From">Who asks.</param>
/// <param name="FromNote">Who can answer.</param>
/// <param name="Since">When it began to wait.</param>
/// <param name="Action">Of its one button.</param>
public sealed record Ask(
    Guid ReleaseId,
    string Project,
    string Version,
    bool IsRehearsal,
    string StepKey,
    GlyphState State,
    bool IsYours,
    string Title,
    AskDetail Detail,
    string From,
    string FromNote,
    DateTimeOffset Since,
    string Action)
{
    public string Href => PageUrls.Release(ReleaseId, StepKey);
}

/// <summary>A sentence with at most one name in it that is set in the mono face.</summary>
public sealed record AskDetail(string Text, string? Code = null, string After = "");
