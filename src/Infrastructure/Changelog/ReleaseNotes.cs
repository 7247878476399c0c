using ReleaseDashboard.Core.Releases;

namespace ReleaseDashboard.Infrastructure.Changelog;

/// <summary>The notes of a release as they stand.</summary>
/// <param name="Text">Markdown: what people saved, or the draft. Empty when there is neither.</param>
/// <param name="Revision">0 until somebody saves; then it counts up with each save.</param>
/// <param name="SavedBy">Null for a draft; GitHub at revision 0, for what it made when people were asked to approve.</param>
/// <param name="Trouble">Why there is no draft, in words; null when there is a text.</param>
/// <param name="ApprovedText">The text that people approved; null before, or when they approved without one.</param>
/// <param name="IsApproved">Whether an approval of this release is done.</param>
/// <param name="WhyFixed">Why they cannot be changed any more; null while they can.</param>
public sealed record ReleaseNotesView(
    Guid ReleaseId, Guid ProjectId, string Project, string Version, ReleaseStatus Status, string Text, int Revision, string? SavedBy, DateTimeOffset? SavedAt,
    string? Trouble, string? ApprovedText, bool IsApproved, string? WhyFixed)
{
    /// <summary>Whether people approved something else: then they are not published before they are approved, too.</summary>
    public bool IsVoid => IsApproved && Revision > 0 && ApprovedText != Text;
}
