using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Releases;
using ReleaseDashboard.Web.Releases.Side;

namespace ReleaseDashboard.Web.Approvals;

/// <summary>The decision over exactly what is on the screen.</summary>
public sealed partial class DecisionBar(IJSRuntime js, QuestionCall question)
{
    private bool _approving;
    private bool _rejecting;
    private string _seen = "";

    [Parameter, EditorRequired] public ApprovalView Approval { get; set; } = default!;

    /// <summary>The decision is in the ledger.</summary>
    [Parameter] public EventCallback OnDecided { get; set; }

    private string? WhyNot => Screen.Self is { } self
        ? Rights.WhyNotDecide(Screen.Viewer, self, Screen.View, Approval)
        : Rights.WhyNotDecide(Screen.Viewer, Screen.View, Approval);

    private bool Disabled => Busy || WhyNot is not null || Screen.Step.Status != StepStatus.WaitingForPerson;

    // The digest of what the person looks at while asking; should it change under the open dialog, the ledger refuses.
    private void Ask(bool approve)
    {
        _seen = Approval.EvidenceDigest;
        (_approving, _rejecting) = (approve, !approve);
    }

    private async Task DecideAsync(Verdict verdict, string? comment)
    {
        if (await DoAsync((actions, actor) => actions.Decide.RunAsync(actor, Screen.View.Id, Screen.Step.Key, verdict, _seen, comment, CancellationToken.None)))
            await OnDecided.InvokeAsync();
    }

    private async Task AskQuestionAsync()
    {
        question.Ask();
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "/js/release.js");
        await module.InvokeVoidAsync("focus", Conversation.FieldId);
    }
}
