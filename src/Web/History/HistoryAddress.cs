using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Web.Components.Time;
using ReleaseDashboard.Web.Routing;

namespace ReleaseDashboard.Web.History;

/// <summary>What the history page shows, as its address says it.</summary>
public sealed record HistoryAddress
{
    public string? Q { get; init; }

    public string? Project { get; init; }

    public string? Person { get; init; }

    /// <summary>published or aborted.</summary>
    public string? Outcome { get; init; }

    /// <summary>release or rehearsal.</summary>
    public string? Kind { get; init; }

    public string? Playbook { get; init; }

    /// <summary>The first day, in the reader's zone.</summary>
    public string? From { get; init; }

    /// <summary>The last day.</summary>
    public string? To { get; init; }

    /// <summary>The page of releases older than this one.</summary>
    public string? Before { get; init; }

    /// <summary>The page of releases newer than this one.</summary>
    public string? After { get; init; }

    public bool IsFiltered() => (Q ?? Project ?? Person ?? Outcome ?? Kind ?? Playbook ?? From ?? To) is not null;

    public string Url() => Of(PageUrls.History);

    public string Export(string format) => PageUrls.With((this with { Before = null, After = null }).Of("/history/export"), ("format", format));

    /// <summary>The same filters from the newest on.</summary>
    public HistoryAddress First() => this with { Before = null, After = null };

    public HistoryFilter ToFilter(BrowserTimeProvider clock, int count) => new()
    {
        Search = Q,
        Project = Project,
        Person = Person,
        Playbook = Playbook,
        IsPublished = Outcome switch { "published" => true, "aborted" => false, _ => null },
        IsRehearsal = Kind switch { "rehearsal" => true, "release" => false, _ => null },
        From = DayText.Begin(DayText.Parse(From), clock),
        To = DayText.End(DayText.Parse(To), clock),
        Before = Guid.TryParse(Before, out var before) ? before : null,
        After = Guid.TryParse(After, out var after) ? after : null,
        Count = count,
    };

    private string Of(string path) => PageUrls.With(path, ("q", Q), ("project", Project), ("person", Person), ("outcome", Outcome), ("kind", Kind), ("playbook", Playbook),
        ("from", From), ("to", To), ("before", Before), ("after", After));
}
