using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

/// <summary>Why a workflow runs.</summary>
/// <param name="Event">GitHub's name of the event.</param>
/// <param name="Branch">Branch or tag, without its prefix.</param>
/// <param name="Reference">What <c>github.ref</c> is.</param>
/// <param name="Sha">The commit.</param>
/// <param name="Actor">Login of who caused it.</param>
/// <param name="Title">Title of the run when the workflow has none of its own; null for the workflow's name.</param>
/// <param name="Pull">The pull request, or null.</param>
/// <param name="Inputs">Inputs of a dispatch.</param>
internal sealed record RunCause(
    string Event, string Branch, string Reference, string Sha, string Actor, string? Title, PullRequest? Pull = null,
    IReadOnlyDictionary<string, string>? Inputs = null)
{
    /// <summary>What expressions of the workflow mean.</summary>
    public Dictionary<string, string> Facts(SandboxRepository repository, int number)
    {
        var facts = new Dictionary<string, string>
        {
            ["github.event_name"] = Event,
            ["github.ref"] = Reference,
            ["github.ref_name"] = Branch,
            ["github.sha"] = Sha,
            ["github.actor"] = Actor,
            ["github.repository"] = repository.FullName,
            ["github.repository_owner"] = repository.State.Owner,
            ["github.run_number"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["runner.os"] = "Linux",
        };
        if (Pull is not null)
        {
            facts["github.head_ref"] = Pull.Head;
            facts["github.base_ref"] = Pull.Base;
            facts["github.event.pull_request.number"] = Pull.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            facts["github.event.pull_request.title"] = Pull.Title;
            facts["github.event.pull_request.body"] = Pull.Body ?? "";
            facts["github.event.pull_request.head.sha"] = Pull.HeadSha;
        }

        foreach (var (name, value) in Inputs ?? new Dictionary<string, string>())
            facts["inputs." + name] = facts["github.event.inputs." + name] = value;
        return facts;
    }
}
