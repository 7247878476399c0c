using System.CommandLine;
using ReleaseDashboard.Infrastructure.Releases.Actions;

namespace ReleaseDashboard.Web.CommandLine;

internal static class CommentVerb
{
    public static Command Create()
    {
        var id = new Argument<Guid>("id") { Description = "The release's id." };
        var step = new Argument<string>("step") { Description = "Key of the step." };
        var text = new Option<string>("--text") { Description = "What to say; @NAME tells that person.", Required = true };
        var question = new Option<bool>("--question") { Description = "It is a question: it waits until somebody answers it." };
        var answers = new Option<Guid?>("--answers") { Description = "Id of the question that it answers." };
        var comment = new Command("comment", "Ask a question, answer one, or leave a remark on a step.") { id, step, text, question, answers, UserOption.Create("Who says it.") };
        comment.SetAction(CommandRun.Action(async (run, parse, cancellationToken) =>
            await UserOption.ReadAsync(run, parse, cancellationToken) is { } actor
                ? run.Report(
                    await run.Get<CommentOnStep>().RunAsync(
                        actor, parse.GetValue(id), parse.GetValue(step)!, new NewComment(parse.GetValue(text)!, parse.GetValue(question), parse.GetValue(answers)), cancellationToken),
                    parse.GetValue(question) ? "Asked." : "Said.")
                : 1));
        return comment;
    }
}
