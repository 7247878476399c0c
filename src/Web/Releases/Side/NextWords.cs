using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Releases.Words;

namespace ReleaseDashboard.Web.Releases.Side;

/// <summary>What comes after the current step, in one or two sentences.</summary>
public static class NextWords
{
    private const int Named = 6;

    public static string Of(ReleaseView view)
    {
        var current = view.Current;
        var open = view.Steps.Where(step => step.Status == StepStatus.Pending && step.Key != current.Key).ToList();
        if (open.Count == 0)
            return $"{current.Title} is the last step.";
        var names = string.Join(", ", open.Take(Named).Select(step => ReleaseLooks.Lower(step.Title)));
        var more = open.Count > Named ? $" and {open.Count - Named} more" : "";
        var people = open.Where(step => step.Effect == StepEffect.Person).Select(step => $"“{step.Title}”").ToList();
        var need = people.Count switch
        {
            0 => "Nothing else needs a person.",
            1 => $"{people[0]} needs a person.",
            _ => $"{string.Join(", ", people.SkipLast(1))} and {people[^1]} need a person.",
        };
        return $"{After(current)}: {names}{more}. {need}";
    }

    private static string After(StepView step) => step switch
    {
        { Status: StepStatus.WaitingForPerson, Approval: not null } => "After the approval",
        { Status: StepStatus.Failed or StepStatus.NeedsReconciliation } => "When this is solved",
        _ => $"After “{step.Title}”",
    };
}
