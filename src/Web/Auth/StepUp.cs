using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Web.Auth;

/// <summary>
/// Runs what a person does on a page. When the action wants a fresh proof of who it is, the page's frame asks for it (see
/// <see cref="StepUpDialog"/>), and the same action runs again: nothing that was typed is lost.
/// </summary>
public sealed class StepUp(CurrentActor current)
{
    private TaskCompletionSource<bool>? _asked;

    /// <summary>The dialog has to be shown or hidden.</summary>
    public event Action? Changed;

    public bool IsAsking => _asked is not null;

    public Task<ActionResult> RunAsync(Func<Actor, Task<ActionResult>> act, CancellationToken cancellationToken) => RunAsync(act, result => result, cancellationToken);

    /// <param name="act">The action, in the person's name of that moment.</param>
    /// <param name="refusal">The refusal inside its answer, or null.</param>
    /// <param name="cancellationToken">Ends the wait for the person, as when the page is left.</param>
    public async Task<T> RunAsync<T>(Func<Actor, Task<T>> act, Func<T, ActionResult?> refusal, CancellationToken cancellationToken)
    {
        var answer = await act(await current.GetAsync(cancellationToken));
        if (refusal(answer)?.Refusal != Refusal.ConfirmationNeeded || !await AskAsync(cancellationToken))
            return answer;
        return await act(await current.GetAsync(cancellationToken));
    }

    /// <summary>The dialog's answer: whether the person has proved it.</summary>
    public void Answer(bool confirmed)
    {
        var asked = _asked;
        _asked = null;
        Changed?.Invoke();
        asked?.TrySetResult(confirmed);
    }

    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        // One dialog for all that ask at once.
        var asked = _asked ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Changed?.Invoke();
        try
        {
            return await asked.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Answer(false);
            throw;
        }
    }
}
