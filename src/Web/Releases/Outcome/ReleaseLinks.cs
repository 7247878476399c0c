using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Web.Releases.Outcome;

/// <summary>A place where a release can be seen.</summary>
public sealed record ReleaseLink(string What, string Text, string? Url);

/// <summary>Collects from the evidence where a release is to be seen now.</summary>
public static class ReleaseLinks
{
    public static IReadOnlyList<ReleaseLink> Of(ReleaseView view)
    {
        List<ReleaseLink> links = [];
        Add("Package", $"{view.Settings.Package} {view.Version}", "pypi.verify", "pypi.upload");
        if (Tag(view) is { } tag)
            links.Add(new ReleaseLink("Tag", view.Settings.TagFor(view.Version), tag.Url));
        Add("GitHub release", view.Settings.ReleaseNameFor(view.Version), "github.release");
        Add("Pull request", PullRequest(view) ?? "merged", "github.pull_request");
        return links;

        void Add(string what, string text, params ReadOnlySpan<string> kinds)
        {
            if (Last(view, kinds) is { } step)
                links.Add(new ReleaseLink(what, text, Url(step)));
        }
    }

    /// <summary>"#41", from the step that opened it; null before.</summary>
    public static string? PullRequest(ReleaseView view) =>
        Last(view, "github.pull_request")?.Evidence is { } evidence && (evidence["number"] ?? evidence["pull_request"]) is { } number ? $"#{number.TrimStart('#')}" : null;

    /// <summary>Where the tag is seen; null before it is made. Its step may name no address: hosts show tags where they show releases.</summary>
    public static (StepView Step, string? Url)? Tag(ReleaseView view) =>
        Last(view, "git.tag") is { } step ? (step, Url(step) ?? SafeLink.Tag(view.Settings.WebUrl, view.Settings.TagFor(view.Version))) : null;

    /// <summary>The last step of one of these kinds that is done, or null.</summary>
    public static StepView? Last(ReleaseView view, params ReadOnlySpan<string> kinds)
    {
        foreach (var kind in kinds)
        {
            if (view.Steps.LastOrDefault(step => step.Kind == kind && step.Status == StepStatus.Succeeded) is { } found)
                return found;
        }
        return null;
    }

    public static string? Url(StepView step) => step.Evidence?.Items.Select(item => SafeLink.Of(item.Url)).FirstOrDefault(url => url is not null);
}
