using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Web.Releases.Steps;

/// <summary>What a maintainer may do with the step now, in the order of the ledger: the first is the one to try first.</summary>
public sealed partial class StepChoices
{
    private static readonly Dictionary<string, string> AsTheyAre = [];

    private StepChoice? _form;
    private bool _skipping;

    /// <summary>What the first choice says here: "Retry", "Look now"; null when there is nothing to recommend.</summary>
    [Parameter, EditorRequired] public string? PrimaryText { get; set; }

    /// <summary>False when the page has something better to do first.</summary>
    [Parameter] public bool IsPrimary { get; set; } = true;

    [Parameter] public string? Hint { get; set; }

    /// <summary>Offers to abort the release as well.</summary>
    [Parameter] public EventCallback OnAbort { get; set; }

    private IEnumerable<StepChoice> Shown => Screen.Step.Choices;

    private string? WhyNot => Rights.WhyNotMaintain(Screen.Viewer, Screen.View);

    private bool Disabled => Busy || WhyNot is not null;

    private string Say(StepChoice choice) => choice switch
    {
        StepChoice.Retry => PrimaryText ?? "Retry",
        StepChoice.FixAndResume => "Fix and resume",
        StepChoice.Skip => "Leave out",
        StepChoice.MarkDone => "Mark as done by hand",
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, null),
    };

    private async Task ChooseAsync(StepChoice choice)
    {
        switch (choice)
        {
            case StepChoice.Retry:
                await DoAsync((actions, actor) => actions.Retry.RunAsync(actor, Screen.View.Id, Screen.Step.Key, AsTheyAre, null, CancellationToken.None));
                break;
            case StepChoice.Skip:
                _skipping = true;
                break;
            default:
                _form = _form == choice ? null : choice;
                break;
        }
    }

    private void Close() => _form = null;

    private async Task FixAsync(IReadOnlyDictionary<string, string> corrections)
    {
        if (await DoAsync((actions, actor) => actions.Retry.RunAsync(actor, Screen.View.Id, Screen.Step.Key, corrections, null, CancellationToken.None)))
            _form = null;
    }

    private async Task MarkDoneAsync((string Comment, IReadOnlyDictionary<string, string> Outputs) done)
    {
        if (await DoAsync((actions, actor) => actions.MarkDone.RunAsync(actor, Screen.View.Id, Screen.Step.Key, done.Comment, done.Outputs, CancellationToken.None)))
            _form = null;
    }

    private Task<bool> SkipAsync(string reason) =>
        DoAsync((actions, actor) => actions.Skip.RunAsync(actor, Screen.View.Id, Screen.Step.Key, reason, CancellationToken.None));
}
