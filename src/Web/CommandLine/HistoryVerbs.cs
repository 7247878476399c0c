using System.CommandLine;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changelog;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Components.Time;

namespace ReleaseDashboard.Web.CommandLine;

/// <summary><c>history export</c>, <c>release compare</c> and <c>release notes</c>.</summary>
internal static class HistoryVerbs
{
    public static Command Create()
    {
        var format = new Option<string>("--format") { Description = "csv or jsonl.", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "jsonl");
        var project = new Option<string?>("--project") { Description = "Only this project's." };
        var person = new Option<string?>("--person") { Description = "Only those that this person started." };
        var search = new Option<string?>("--search") { Description = "Words that must all fit: project, person, or parts of a version." };
        var outcome = new Option<string?>("--outcome") { Description = "published or aborted." };
        outcome.AcceptOnlyFromAmong("published", "aborted");
        var from = new Option<DateTimeOffset?>("--from") { Description = "Only those that ended at this time or later." };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Only those that ended before this time." };
        var export = new Command("export", "Write releases that are over to standard output, newest first.") { format, project, person, search, outcome, from, to };
        export.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var filter = new HistoryFilter
            {
                Project = parse.GetValue(project), Person = parse.GetValue(person), Search = parse.GetValue(search),
                IsPublished = parse.GetValue(outcome) switch { "published" => true, "aborted" => false, _ => null }, From = parse.GetValue(from), To = parse.GetValue(to),
            };
            var write = run.Get<HistoryExport>();
            await (parse.GetValue(format) == "jsonl" ? write.WriteJsonLinesAsync(Actor.System, filter, run.Output, cancellationToken) : write.WriteCsvAsync(Actor.System, filter, run.Output, cancellationToken));
            return 0;
        }));
        return new Command("history", "Releases that are over.") { export };
    }

    public static Command Compare()
    {
        var id = new Argument<Guid>("id") { Description = "The release's id." };
        var other = new Argument<Guid?>("other") { Description = "The other one's; without it the release before.", Arity = ArgumentArity.ZeroOrOne };
        var compare = new Command("compare", "Show what differs between two releases of a project.") { id, other };
        compare.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var comparisons = run.Get<ReleaseComparisons>();
            var one = parse.GetValue(id);
            if ((parse.GetValue(other) ?? await comparisons.PreviousAsync(one, cancellationToken)) is not { } two || await comparisons.FindAsync(Actor.System, one, two, cancellationToken) is not { } found)
                return run.Fail("There are no such releases of one project.");
            run.Say($"{found.Project}: {found.Before.Version} and {found.After.Version}");
            foreach (var stage in found.Stages)
                run.Say($"  {stage.Title,-28} {Took(stage.Before),14} {Took(stage.After),14}");
            foreach (var package in found.Packages)
            {
                run.Say($"{package.Kind}: {package.Before ?? "none"} became {package.After ?? "none"}{(package.Trouble is { } trouble ? $". {trouble}" : "")}");
                foreach (var file in package.Changes)
                    run.Say($"  {(file.Before is null ? '+' : file.After is null ? '-' : '~')} {file.Path} ({file.Before?.ToString() ?? "none"} to {file.After?.ToString() ?? "none"} bytes)");
            }
            foreach (var image in found.Images)
                run.Say($"{image.Variant} {image.Platform}: {(image.IsSame ? "the same" : $"{image.Before?.Digest.Abbreviated ?? "none"} became {image.After?.Digest.Abbreviated ?? "none"}")}");
            var commits = await comparisons.CommitsAsync(Actor.System, one, two, cancellationToken);
            run.Say(commits.Trouble ?? $"{commits.Commits.Count} commits");
            foreach (var commit in commits.Commits)
                run.Say($"  {commit.Sha[..12]} {commit.Subject} ({commit.Author})");
            return 0;
        }));
        return compare;
    }

    public static Command Notes()
    {
        var id = new Argument<Guid>("id") { Description = "The release's id." };
        var file = new Option<FileInfo?>("--save") { Description = "Save this file as the notes; '-' is standard input." };
        var revision = new Option<int?>("--revision") { Description = "The revision that it changes; without it the one of this moment." };
        var user = new Option<string?>("--user") { Description = "Who saves. Needed with --save." };
        var notes = new Command("notes", "Show the notes of a release, or save them.") { id, file, revision, user };
        notes.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            var store = run.Get<NotesStore>();
            if (await store.FindAsync(Actor.System, parse.GetValue(id), null, cancellationToken) is not { } found)
                return run.Fail("There is no such release.");
            if (parse.GetValue(file) is not { } path)
                return found.Trouble is { } trouble ? run.Fail(trouble) : run.Say(found.Text);
            if (parse.GetValue(user) is not { } name || await run.Get<AccountQueries>().FindActorAsync(name, cancellationToken) is not { } actor)
                return run.Fail("Say who saves, with --user and an active account.");
            string text;
            if (path.Name == "-")
                text = await Console.In.ReadToEndAsync(cancellationToken);
            else if (await CommandFile.ReadAsync(path, cancellationToken) is { IsOk: true } read)
                text = read.Value.Text!;
            else
                return run.Fail($"{path} cannot be read.");
            return run.Report(await store.SaveAsync(actor, found.ReleaseId, text, parse.GetValue(revision) ?? found.Revision, cancellationToken), $"Saved as revision {(parse.GetValue(revision) ?? found.Revision) + 1}.");
        }));
        return notes;
    }

    private static string Took(TimeSpan? span) => span is { } known ? DurationText.Full(known) : "not run";
}
