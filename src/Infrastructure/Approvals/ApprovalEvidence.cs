using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Changelog;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>Gathers what people approve: what earlier steps proved, the edited notes, and the authors where the rule asks for them.</summary>
internal sealed class ApprovalEvidence(LedgerStore ledger, ReleaseAuthors authors)
{
    /// <param name="known">Authors that were found for this commit before; they do not change.</param>
    public async Task<Result<Evidence, StepError>> ReadAsync(
        ReleaseFacts facts, ApprovalRule rule, StepInputs inputs, IReadOnlyDictionary<string, Evidence> outputs, string? known, CancellationToken cancellationToken)
    {
        var subject = ApprovalSubject.Of(facts, inputs, outputs);
        subject = subject.With([.. NotesEvidence.Of(await NotesAsync(facts.ReleaseId, cancellationToken))]);
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
