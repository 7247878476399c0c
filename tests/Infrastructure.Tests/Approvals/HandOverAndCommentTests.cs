using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;
using static ReleaseDashboard.Infrastructure.Tests.Approvals.ApprovalWorld;

namespace ReleaseDashboard.Infrastructure.Tests.Approvals;

public sealed class HandOverAndCommentTests
{
    [Theory, DatabaseData]
    public async Task HandOver_ToAMaintainer_KeepsTheStarterFromApproving(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: maintainer}");
        var (release, asked) = await world.AskAsync();
        var handOver = world.Engine.Get<HandOverRelease>();
        (await handOver.RunAsync(EngineHost.Maintainer, release, "bo", "", CancellationToken.None)).Refusal.ShouldBe(Refusal.Invalid);
        (await handOver.RunAsync(EngineHost.Maintainer, release, "ana", "Holidays", CancellationToken.None)).Message.ShouldContain("no maintainer");
        (await handOver.RunAsync(Ana, release, "bo", "Holidays", CancellationToken.None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await handOver.RunAsync(EngineHost.Maintainer, release, "BO", "Holidays", CancellationToken.None)).Message.ShouldBe("");

        var view = (await world.Engine.Get<ReleaseQueries>().FindAsync(release, CancellationToken.None))!;
        (view.Owner, view.StartedBy).ShouldBe(("bo", "maintainer"));
        var told = (await world.AuditAsync(release, "release.hand_over")).ShouldHaveSingleItem();
        (told.Before, told.After).ShouldBe(("""{"owner":"maintainer"}""", """{"owner":"bo","reason":"Holidays"}"""));
        (await world.DecideAsync(EngineHost.Maintainer, release, asked.EvidenceDigest)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await world.DecideAsync(Bo, release, asked.EvidenceDigest)).Message.ShouldBe("");
    }

    [Theory, DatabaseData]
    public async Task Comments_WithMentionsAndAnswers_KeepTheirThread(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer}");
        var (release, _) = await world.AskAsync();
        var comment = world.Engine.Get<CommentOnStep>();
        (await comment.RunAsync(Ana, release, "approve", new NewComment("Is this right, @Bo and @nobody?", IsQuestion: true), CancellationToken.None)).IsDone.ShouldBeTrue();
        var question = (await StepAsync(world, release)).Comments.ShouldHaveSingleItem();
        (question.IsQuestion, question.Mentions.Single()).ShouldBe((true, "bo"));

        (await comment.RunAsync(Bo, release, "approve", new NewComment("Yes.", Answers: question.Id), CancellationToken.None)).IsDone.ShouldBeTrue();
        (await comment.RunAsync(Bo, release, "publish", new NewComment("Yes.", Answers: question.Id), CancellationToken.None)).Refusal.ShouldBe(Refusal.NotFound);
        (await StepAsync(world, release)).Comments[^1].Answers.ShouldBe(question.Id);
        (await world.AuditAsync(release, "comment.add"))[0].After!.ShouldContain("\"mentions\":[\"bo\"]");
    }

    private static async Task<StepView> StepAsync(ApprovalWorld world, Guid release) =>
        (await world.Engine.Get<ReleaseQueries>().FindAsync(release, CancellationToken.None))!.Steps.Single(step => step.Key == "approve");
}
