using System.CommandLine;
using System.Globalization;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Notifications.Reading;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Web.Home.Asks;

namespace ReleaseDashboard.Web.CommandLine;

/// <summary><c>work</c>, and <c>project follow</c> and <c>unfollow</c>.</summary>
internal static class WorkVerbs
{
    public static Command Create()
    {
        var work = new Command("work", "List what waits on a person: decisions, failed steps, questions, releases, drafts.") { UserOption.Create("Whose work.") };
        work.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await UserOption.ReadAsync(run, parse, cancellationToken) is not { } actor || await run.Get<AccountQueries>().FindByNameAsync(actor.Name, cancellationToken) is not { } account)
                return 1;
            foreach (var ask in await run.Get<AskReader>().ReadAsync(actor, cancellationToken))
                run.Say($"{(ask.IsYours ? "yours" : "team ")}  {ask.Project} {ask.Version}: {ask.Title}, since {Time(ask.Since)}  {ask.ReleaseId} {ask.StepKey}");
            var own = await run.Get<MyWorkQueries>().ReadAsync(account.Id, account.Name, cancellationToken);
            foreach (var question in own.Questions)
                run.Say($"question  {question.Project} {question.Version}, {question.Step}: {question.By} asks: {question.Text}  {question.Id}");
            foreach (var release in own.Releases)
                run.Say($"leads  {release.Project} {release.Version}: {Words.Of(release.Status)}, since {Time(release.StartedAt)}  {release.Id}");
            foreach (var draft in own.Drafts)
                run.Say($"draft  {draft.Project}, saved {Time(draft.SavedAt)}");
            return 0;
        }));
        return work;
    }

    public static Command Follow() => Following("follow", "Be told when the project's releases start, end or are frozen.", true);

    public static Command Unfollow() => Following("unfollow", "Be told of the project's releases no more, unless you take part in them.", false);

    private static Command Following(string verb, string description, bool follows)
    {
        var name = new Argument<string>("project") { Description = "Short name of the project." };
        var command = new Command(verb, description) { name, UserOption.Create("Who follows.") };
        command.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
        {
            if (await UserOption.ReadAsync(run, parse, cancellationToken) is not { } actor || await run.Get<AccountQueries>().FindByNameAsync(actor.Name, cancellationToken) is not { } account)
                return 1;
            if (await run.Get<ProjectQueries>().FindAsync(parse.GetValue(name)!, cancellationToken) is not { } project)
                return run.Fail($"There is no project {parse.GetValue(name)}.");
            return run.Report(await run.Get<Follows>().SetAsync(actor, account.Id, project.Id, follows, cancellationToken), follows ? $"{account.Name} follows {project.Name}." : $"{account.Name} does not follow {project.Name}.");
        }));
        return command;
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
