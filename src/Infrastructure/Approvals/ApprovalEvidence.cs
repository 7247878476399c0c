using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Changelog;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>Gathers what people approve: what earlier steps proved, the notes, and the authors where the rule asks for them.</summary>
internal sealed class ApprovalEvidence(LedgerStore ledger, ReleaseAuthors authors, GeneratedNotes generated)
{
    /// <summary>What people are asked to approve. Makes the notes when there are none yet, so that nothing is published that nobody saw.</summary>
    /// <param name="byHand">From <see cref="ByHand"/>.</param>
    public async Task<Result<Evidence, StepError>> AskAsync(
        ReleaseFacts facts, ApprovalRule rule, StepInputs inputs, IReadOnlyDictionary<string, Evidence> outputs, IReadOnlyList<EvidenceItem> byHand, CancellationToken cancellationToken)
    {
        var notes = await generated.KeepAsync(facts, inputs.Text("commit") ?? facts.BaseCommit, outputs, cancellationToken);
        return notes.IsOk ? await WithAuthorsAsync(facts, rule, inputs, Subject(facts, inputs, outputs, byHand, notes.Value), null, cancellationToken) : notes.Error;
    }

    /// <summary>The same as it stands now, to hold against what was approved.</summary>
    /// <param name="byHand">From <see cref="ByHand"/>.</param>
    /// <param name="known">Authors that were found for this commit before; they do not change.</param>
    public async Task<Result<Evidence, StepError>> ReadAsync(
        ReleaseFacts facts, ApprovalRule rule, StepInputs inputs, IReadOnlyDictionary<string, Evidence> outputs, IReadOnlyList<EvidenceItem> byHand, string? known,
        CancellationToken cancellationToken) =>
        await WithAuthorsAsync(facts, rule, inputs, Subject(facts, inputs, outputs, byHand, await NotesAsync(facts.ReleaseId, cancellationToken)), known, cancellationToken);

    private static Evidence Subject(
        ReleaseFacts facts, StepInputs inputs, IReadOnlyDictionary<string, Evidence> outputs, IReadOnlyList<EvidenceItem> byHand, string? notes) =>
        ApprovalSubject.Of(facts, inputs, outputs).With([.. NotesEvidence.Of(notes), .. byHand]);

    private async Task<Result<Evidence, StepError>> WithAuthorsAsync(
        ReleaseFacts facts, ApprovalRule rule, StepInputs inputs, Evidence subject, string? known, CancellationToken cancellationToken)
    {
        if (!rule.NotAuthor)
            return subject;
        if (known is null)
        {
            var found = await authors.FindAsync(facts, inputs.Text("commit") ?? facts.BaseCommit, cancellationToken);
            if (!found.IsOk)
                return found.Error;
            known = CommitAuthor.Text(found.Value);
        }
        return subject.With(new EvidenceItem(CommitAuthor.Item, EvidenceKind.Text, known));
    }

    private async Task<string?> NotesAsync(Guid releaseId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.ReleaseNotes.Where(notes => notes.ReleaseId == releaseId).Select(notes => notes.Text).FirstOrDefaultAsync(cancellationToken);
    }
}
