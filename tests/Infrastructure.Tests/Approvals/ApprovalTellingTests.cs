using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Notifications.Reading;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;
using static ReleaseDashboard.Infrastructure.Tests.Approvals.ApprovalWorld;

namespace ReleaseDashboard.Infrastructure.Tests.Approvals;

/// <summary>Who is told of a decision is who can take it, through the worker's own loops.</summary>
public sealed class ApprovalTellingTests
{
    [Theory, DatabaseData]
    public async Task Group_WithAViewer_IsAskedAndTheViewerDecides(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{group: security}");
        var (release, asked) = await world.AskAsync();
        await UnreadAsync(world, Vera, "approval.asked");
        (await world.DecideAsync(Cy, release, asked.EvidenceDigest)).Message.ShouldContain("1 of security");

        (await world.DecideAsync(Vera, release, asked.EvidenceDigest)).Message.ShouldBe("");
        await world.Engine.WaitForAsync(release, ReleaseStatus.Published);
        await UnreadAsync(world, Vera);
        (await InboxAsync(world, Cy, unread: false)).ShouldBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task Rejected_ByOne_SettlesTheCallsOfAllAndIsToldOnce(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer}");
        var (release, asked) = await world.AskAsync();
        await UnreadAsync(world, Ana, "approval.asked");
        await UnreadAsync(world, Cy, "approval.asked");

        (await world.DecideAsync(Ana, release, asked.EvidenceDigest, Verdict.Rejected, "The notes are missing.")).Message.ShouldBe("");
        await world.AtAsync(release, "approve", StepStatus.Failed);

        await UnreadAsync(world, Cy, "approval.rejected");
        await UnreadAsync(world, Ana);
        await UnreadAsync(world, EngineHost.Maintainer, "approval.rejected");
        // The failed step itself is told of to nobody: it comes after the rejection, and a second later entry proves that it was read.
        await world.Engine.Ledger.WriteAsync(
            async write =>
            {
                write.Audit(Actor.Person("cy", Roles.Reviewer), "comment.add", await write.Db.Releases.SingleAsync(record => record.Id == release, write.CancellationToken), "approve", after: new { Text = "Done.", Mentions = new[] { "maintainer" } });
                return true;
            },
            CancellationToken.None);
        await UnreadAsync(world, EngineHost.Maintainer, "approval.rejected", "comment.mention");
        // To whom the failed step is the thing to do, the rejection is no second one.
        var user = await IdAsync(world, EngineHost.Maintainer);
        (await world.Engine.Get<Inbox>().CountSaidAsync(user, [(release, "approve")], CancellationToken.None)).ShouldBe(1);
        (await world.Engine.Get<Inbox>().CountSaidAsync(user, [(release, "publish")], CancellationToken.None)).ShouldBe(0);
    }

    [Theory, DatabaseData]
    public async Task Void_AndAskedAgain_IsOneDecisionInTheBell(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{require: [{role: reviewer}, {group: security}]}");
        var (release, _) = await world.AskAsync();
        await UnreadAsync(world, Cy, "approval.asked");
        await world.NotesAsync(release, "Fixes a bug.");

        // The first call is answered by the second; what is unread now is of one moment.
        await UnreadAsync(world, Cy, "approval.asked", "approval.void");
        (await InboxAsync(world, Cy, unread: false)).Count.ShouldBe(3);
        var unread = await InboxAsync(world, Cy, unread: true);
        unread.Select(item => item.At).Distinct().ShouldHaveSingleItem();
        (await world.Engine.Get<Inbox>().CountSaidAsync(await IdAsync(world, Cy), [(release, "approve")], CancellationToken.None)).ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task Author_WhereAuthorsAreLeftOut_IsNotAsked(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind, "{role: reviewer, not_author: true}");
        var release = await world.Engine.StartReleaseAsync();
        await world.AtAsync(release, "approve", StepStatus.WaitingOutside);
        await world.Engine.Ledger.WriteAsync(
            async write =>
            {
                var step = await write.Db.Steps.SingleAsync(record => record.ReleaseId == release && record.Key == "approve", write.CancellationToken);
                step.Evidence = new Evidence([new EvidenceItem(CommitAuthor.Item, EvidenceKind.Text, "A. N. Author <somebody@example.org> @Ana-There")]);
                (await write.Db.Users.SingleAsync(user => user.Name == "ana", write.CancellationToken)).GitHubLogin = "ana-there";
                write.Audit(Actor.System, "approval.ask", await write.Db.Releases.SingleAsync(record => record.Id == release, write.CancellationToken), "approve", after: new { });
                return true;
            },
            CancellationToken.None);

        await UnreadAsync(world, Cy, "approval.asked");
        (await InboxAsync(world, Ana, unread: false)).ShouldBeEmpty();
    }

    /// <summary>Waits until exactly these kinds are unread, in the order of their names.</summary>
    private static async Task UnreadAsync(ApprovalWorld world, Actor person, params IEnumerable<string> kinds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        List<string> seen = [];
        try
        {
            do
                seen = [.. (await InboxAsync(world, person, unread: true)).Select(item => item.Event).Order(StringComparer.Ordinal)];
            while (!seen.SequenceEqual(kinds) && await timer.WaitForNextTickAsync(deadline.Token));
        }
        catch (OperationCanceledException)
        {
            string.Join(", ", seen).ShouldBe(string.Join(", ", kinds), person.Name);
        }
    }

    private static async Task<IReadOnlyList<InboxItem>> InboxAsync(ApprovalWorld world, Actor person, bool unread) =>
        await world.Engine.Get<Inbox>().ListAsync(await IdAsync(world, person), unread, 50, CancellationToken.None);

    private static async Task<Guid> IdAsync(ApprovalWorld world, Actor person)
    {
        await using var db = world.Engine.Ledger.Read();
        return await db.Users.Where(user => user.Name == person.Name).Select(user => user.Id).SingleAsync();
    }
}
