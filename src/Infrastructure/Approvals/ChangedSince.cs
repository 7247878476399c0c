using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>Tells a person whose page was old what has changed since it was shown.</summary>
internal static class ChangedSince
{
    private const int Named = 3;
    private const int Shown = 80;

    public static async Task<string> TellAsync(LedgerTransaction write, Guid stepId, string seenDigest, Evidence now)
    {
        var seen = await write.Db.ApprovalRequests.AsNoTracking().Where(request => request.StepId == stepId && request.EvidenceDigest == seenDigest)
            .OrderByDescending(request => request.AskedAt).FirstOrDefaultAsync(write.CancellationToken);
        const string look = "Look at it again, then decide.";
        if (seen is null)
            return $"What would be published has changed since this page was shown. {look}";
        return $"What would be published has changed since this page was shown: {Words(EvidenceDifference.Of(seen.Evidence, now))}. {look}";
    }

    /// <summary>The first changes in words: <c>tag.commit was 3e0e106 and is a7941c6</c>.</summary>
    public static string Words(IReadOnlyList<EvidenceChange> changes)
    {
        var more = changes.Count > Named ? string.Create(CultureInfo.InvariantCulture, $", and {changes.Count - Named} more") : "";
        return string.Join("; ", changes.Take(Named).Select(Words)) + more;
    }

    // What is too long for a sentence is only named: the page shows it line by line.
    private static string Words(EvidenceChange change)
    {
        var name = EvidenceNames.Say(change.Item);
        return (change, IsShort(change.Before) && IsShort(change.After)) switch
        {
            ({ Item: ApprovalSubject.Notes, Before: null }, _) => "there are notes now",
            ({ Item: ApprovalSubject.Notes, After: null }, _) => "the notes are gone",
            ({ Item: ApprovalSubject.Notes }, false) => "the notes were edited",
            ({ Before: null }, true) => $"{name} is new ({change.After})",
            ({ After: null }, true) => $"{name} is gone (it was {change.Before})",
            ({ Before: null }, false) => $"{name} is new",
            ({ After: null }, false) => $"{name} is gone",
            (_, true) => $"{name} changed from {change.Before} to {change.After}",
            _ => $"{name} changed",
        };
    }

    private static bool IsShort(string? text) => text is null || (text.Length <= Shown && !text.Contains('\n', StringComparison.Ordinal));
}
