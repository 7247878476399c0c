using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Releases.Side;

namespace ReleaseDashboard.Web.Releases.Steps;

/// <summary>What would be published, and the decision over exactly that.</summary>
public sealed partial class ApprovalPanel(IJSRuntime js, NavigationManager navigation)
{
    private bool _approving;
    private bool _rejecting;
    private string _seen = "";

    [Parameter, EditorRequired] public ApprovalView Approval { get; set; } = default!;

    private string? WhyNot => Rights.WhyNotDecide(Screen.Viewer, Screen.View, Approval);

    private bool Disabled => Busy || WhyNot is not null || Screen.Step.Status != StepStatus.WaitingForPerson;

    // The digest of what the person looks at while asking; should it change under the open dialog, the ledger refuses.
    private void Ask(bool approve)
    {
        _seen = Approval.EvidenceDigest;
        (_approving, _rejecting) = (approve, !approve);
    }

    private async Task DecideAsync(Verdict verdict, string? comment)
    {
        // Home leads to this very step; whoever has decided wants to see what becomes of it.
        if (await DoAsync((actions, actor) => actions.Decide.RunAsync(actor, Screen.View.Id, Screen.Step.Key, verdict, _seen, comment, CancellationToken.None)))
            navigation.NavigateTo(ReleaseUrls.Release(Screen.View.Id), replace: true);
    }

    private async Task AskQuestionAsync()
    {
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "/js/release.js");
        await module.InvokeVoidAsync("focus", Conversation.FieldId);
    }
}
