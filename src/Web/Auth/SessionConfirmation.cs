using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.Auth;

/// <summary>How a person can prove again who they are.</summary>
public enum ConfirmationWay
{
    Password,
    GitHub,

    /// <summary>The sandbox's made-up people have nothing to prove: one click.</summary>
    Click,
}

/// <summary>Takes the proof and notes it in the session's row, where every tab and process sees it.</summary>
public sealed class SessionConfirmation(CurrentActor current, Sessions sessions, PasswordSignIn passwords, SignInThrottle throttle, DashboardOptions options)
{
    public async Task<IReadOnlyList<ConfirmationWay>> WaysAsync(CancellationToken cancellationToken)
    {
        if (await current.FindAccountAsync(cancellationToken) is not { } account)
            return [];
        if (account.IsPersona)
            return [ConfirmationWay.Click];
        var ways = new List<ConfirmationWay>();
        if (account.HasPassword)
            ways.Add(ConfirmationWay.Password);
        if (account.GitHubId is not null && options.GitHubOAuth is not null)
            ways.Add(ConfirmationWay.GitHub);
        return ways;
    }

    /// <summary>Why the proof is not taken, or null when it is.</summary>
    /// <param name="password">What was typed; ignored for a persona of the sandbox.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    public async Task<string?> ConfirmAsync(string password, CancellationToken cancellationToken)
    {
        if (await current.FindSessionAsync(cancellationToken) is not { } owner)
            return "The session has ended. Sign in again.";
        var mayClick = options.IsSandbox && owner.Account.IsPersona;
        if (!mayClick)
        {
            // Counted for this session alone: nobody else's guesses stand in the way.
            if (throttle.Wait(null, owner.Account.Name, owner.SessionId) is { } wait)
                return $"Too many tries. Wait {Math.Ceiling(wait.TotalMinutes)} min, then try again.";
            if (await passwords.CheckAsync(owner.Account.Name, password, cancellationToken) is null)
            {
                throttle.Failed(null, owner.Account.Name, owner.SessionId);
                return "That is not your password.";
            }
            throttle.Succeeded(null, owner.Account.Name, owner.SessionId);
        }
        await sessions.ConfirmAsync(owner.SessionId, cancellationToken);
        return null;
    }
}
