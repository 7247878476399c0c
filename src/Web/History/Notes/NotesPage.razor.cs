using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changelog;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Feedback;
using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.History.Notes;

/// <summary>The notes of a release: drafted, edited with a preview, saved by revision so that nobody overwrites what they have not seen.</summary>
public sealed partial class NotesPage(NotesStore store, CurrentActor current, Notifier notifier)
{
    private ReleaseNotesView? _notes;
    private string _text = "";
    private string _seen = "";
    private int _revision;
    private string? _whyNot;
    private string? _fault;
    private bool _saving;
    private bool _newer;

    [Parameter] public Guid Id { get; set; }

    protected override bool Concerns(Change change) => change is Change.Release release && release.Id == Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var actor = await current.GetAsync(cancellationToken);
        var notes = await store.FindAsync(actor, Id, _notes is { Revision: 0 } ? _notes.Text : null, cancellationToken);
        _whyNot = notes is null ? null : notes.WhyFixed ?? (actor.May(Permission.EditNotes, notes.ProjectId) ? null : $"Editing needs the role maintainer, which {actor.Name} does not have.");
        var isFirst = _notes is null;
        _notes = notes;
        if (notes is null)
            return;
        // What somebody is typing is theirs, whatever others save meanwhile.
        if (isFirst || _text == _seen)
            Show(notes);
        else
            _newer = notes.Revision != _revision;
    }

    private void Show(ReleaseNotesView notes)
    {
        (_text, _seen, _revision, _newer, _fault) = (notes.Text, notes.Text, notes.Revision, false, null);
    }

    private void TakeTheirs() => Show(_notes!);

    private void KeepMine() => (_revision, _newer) = (_notes!.Revision, false);

    private void RestoreApproved() => _text = _notes?.ApprovedText ?? _text;

    private async Task DraftAsync()
    {
        var draft = await store.DraftAsync(await current.GetAsync(Gone), Id, Gone);
        if (draft is null)
            _fault = "There is no draft at the moment: the repository or GitHub cannot be read.";
        else
            _text = draft;
    }

    private async Task SaveAsync()
    {
        _saving = true;
        var result = await store.SaveAsync(await current.GetAsync(Gone), Id, _text, _revision, Gone);
        _saving = false;
        if (!result.IsDone)
        {
            _fault = result.Message;
            _newer = result.Refusal == Refusal.Conflict;
            await ReloadAsync();
            return;
        }
        (_seen, _fault) = (_text, null);
        await ReloadAsync();
        notifier.Say(GlyphState.Done, "The notes are saved.");
    }
}
