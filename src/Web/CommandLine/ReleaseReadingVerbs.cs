using System.CommandLine;
using System.Globalization;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Packs;
using ReleaseDashboard.Web.Components.Time;

namespace ReleaseDashboard.Web.CommandLine;

/// <summary><c>release evidence</c>, <c>release timeline</c> and <c>project trends</c>.</summary>
internal static class ReleaseReadingVerbs
{
    private const string NoRelease = "There is no such release.";

    public static Command Evidence()
    {
        var id = new Argument<Guid>("id") { Description = "The release's id." };
        var format = new Option<string>("--format") { Description = "html or json.", DefaultValueFactory = _ => "html" };
        format.AcceptOnlyFromAmong("html", "json");
        var target = new Option<FileInfo?>("--out") { Description = "File to write; standard output without it." };
        var evidence = new Command("evidence", "Write the evidence of a release: one file with steps, approvals, hashes and proofs.") { id, format, target };
        evidence.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await run.Get<EvidencePacks>().MakeAsync(parse.GetValue(id), cancellationToken) is not { } pack)
                return run.Fail(NoRelease);
            var text = parse.GetValue(format) == "json" ? EvidenceJson.Write(pack) : EvidenceHtml.Write(pack);
            if (parse.GetValue(target) is not { } file)
            {
                await run.Output.WriteAsync(text.AsMemory(), cancellationToken);
                return 0;
            }
            try
            {
                await File.WriteAllTextAsync(file.FullName, text, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return run.Fail($"{file} cannot be written: {exception.Message}");
            }
            return run.Say(pack.Proof is null ? $"Written to {file}. No checkpoint could be signed, so its entries are not proved." : $"Written to {file}.");
        }));
        return evidence;
    }

    public static Command Timeline()
    {
        var id = new Argument<Guid>("id") { Description = "The release's id." };
        var timeline = new Command("timeline", "Show where the time of a release went, step by step.") { id };
        timeline.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await run.Get<ReleaseTimelines>().FindAsync(Actor.System, parse.GetValue(id), cancellationToken) is not { } found)
                return run.Fail(NoRelease);
            run.Say($"{found.Project} {found.Version}: {DurationText.Full(found.Times.Lead)}, of it {DurationText.Full(found.Times.People)} waiting for people and {DurationText.Full(found.Times.Outside)} for services");
            foreach (var row in found.Rows.Where(row => row.Segments.Count > 0))
                run.Say($"  {row.Step.Key,-28} {Clock(row.Segments[0].From)}  {string.Join(", ", row.Segments.Select(Segment))}");
            return 0;
        }));
        return timeline;
    }

    public static Command Trends()
    {
        var name = new Argument<string>("project") { Description = "Short name of the project." };
        var trends = new Command("trends", "Show lead time, waiting and failures of a project's releases of the last year.") { name };
        trends.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var project = parse.GetValue(name)!;
            if (!(await run.Get<HistoryProjects>().NamesAsync(Actor.System, cancellationToken)).Contains(project, StringComparer.Ordinal))
                return run.Fail($"There is no project {project}.");
            var found = await run.Get<HistoryTrends>().ReadAsync(Actor.System, new HistoryFilter { Project = project }, TimeZoneInfo.Utc, cancellationToken);
            run.Say($"{found.Published} published of {found.Releases.Count}; lead time {Took(found.Lead)}, waiting for people {Took(found.People)} (medians)");
            foreach (var month in found.Months)
                run.Say(string.Create(CultureInfo.InvariantCulture, $"  {month.Month:yyyy-MM} {month.Releases,4} released, {month.Unpublished} not published, lead time {Took(month.Lead)}"));
            foreach (var trouble in found.Troubles)
                run.Say($"  {trouble.Title}: failed {trouble.Failures} times, {trouble.Retries} passed on retry");
            return 0;
        }));
        return trends;
    }

    private static string Segment(TimeSegment segment) =>
        $"{Words(segment.Use)} {DurationText.Full(segment.Length)}{(segment.Failed ? " (failed)" : segment.IsOpen ? " (goes on)" : "")}";

    private static string Words(TimeUse use) => use.ToString().ToLowerInvariant();

    private static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Took(TimeSpan? span) => span is { } known ? DurationText.Full(known) : "unknown";
}
