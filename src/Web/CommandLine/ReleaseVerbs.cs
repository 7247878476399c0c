using System.CommandLine;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.Infrastructure.Preparation;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Releases.Starting;
using ReleaseDashboard.Web.Projects;

namespace ReleaseDashboard.Web.CommandLine;

internal static class ReleaseVerbs
{
    public static Command Create() => new("release", "Start and read releases.")
    {
        Start(), Show(), List(), HandOver(), CommentVerb.Create(), HistoryVerbs.Notes(), HistoryVerbs.Compare(), ReleaseReadingVerbs.Timeline(), ReleaseReadingVerbs.Evidence(),
    };

    private static Command Start()
    {
        var project = new Argument<string>("project") { Description = "Short name of the project." };
        var version = new Argument<string>("version") { Description = "Such as 1.2.0." };
        var playbook = new Option<string?>("--playbook") { Description = "Name of the playbook; without it the one for what the project has." };
        // The starter cannot approve; a release that nobody in particular started could be approved by whoever ran this.
        var user = new Option<string>("--user") { Description = "Who starts it.", Required = true };
        var start = new Command("start", "Start a release from the head of the development branch.") { project, version, playbook, user };
        start.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await run.Get<AccountQueries>().FindActorAsync(parse.GetValue(user)!, cancellationToken) is not { } actor)
                return run.Fail($"There is no active account {parse.GetValue(user)}.");
            if (await run.Get<ProjectQueries>().FindAsync(parse.GetValue(project)!, cancellationToken) is not { } found)
                return run.Fail($"There is no project {parse.GetValue(project)}.");
            var head = await run.Get<ReleasePreparation>().ResolveAsync(found, cancellationToken);
            if (!head.IsOk)
                return run.Fail(head.Error.Told);
            var (id, result) = await run.Get<StartRelease>().RunAsync(
                actor,
                new StartRequest(found.Id, parse.GetValue(version)!, parse.GetValue(playbook) ?? PlaybookChoice.Of(run.Get<PlaybookLibrary>(), found) ?? "", head.Value.BaseCommit, head.Value.LastVersion, ""),
                cancellationToken);
            return run.Report(result, $"{id}");
        }));
        return start;
    }

    private static Command Show()
    {
        var id = new Argument<Guid>("id") { Description = "The release's id." };
        var show = new Command("show", "Show a release, step by step.") { id };
        show.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await run.Get<ReleaseQueries>().FindAsync(parse.GetValue(id), cancellationToken) is not { } release)
                return run.Fail("There is no such release.");
            run.Say($"{release.Project} {release.Version}: {Words.Of(release.Status)}, started by {release.StartedBy}");
            foreach (var stage in release.Stages)
            {
                run.Say(stage.Title);
                foreach (var step in stage.Steps)
                    run.Say($"  {step.Key,-28} {Words.Of(step.Status),-22} {step.Error?.What ?? step.Reason}");
            }
            return 0;
        }));
        return show;
    }

    private static Command HandOver()
    {
        var id = new Argument<Guid>("id") { Description = "The release's id." };
        var to = new Option<string>("--to") { Description = "The maintainer who takes it.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why; kept with the release.", Required = true };
        var handOver = new Command("hand-over", "Give a release to another maintainer.") { id, to, reason, UserOption.Create("Who hands it over.") };
        handOver.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
            await UserOption.ReadAsync(run, parse, cancellationToken) is { } actor
                ? run.Report(await run.Get<HandOverRelease>().RunAsync(actor, parse.GetValue(id), parse.GetValue(to), parse.GetValue(reason), cancellationToken), $"{parse.GetValue(to)} leads it now.")
                : 1));
        return handOver;
    }

    private static Command List()
    {
        var project = new Option<string?>("--project") { Description = "Only this project's." };
        var search = new Option<string?>("--search") { Description = "Version, project, person or commit." };
        var list = new Command("list", "List releases, newest first.") { project, search };
        list.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            foreach (var release in await run.Get<ReleaseQueries>().ListAsync(new ReleaseFilter { Project = parse.GetValue(project), Search = parse.GetValue(search) }, cancellationToken))
                run.Say($"{release.Id}  {release.Project,-28} {release.Version,-12} {Words.Of(release.Status),-22} {release.CurrentStep}");
            return 0;
        }));
        return list;
    }
}
