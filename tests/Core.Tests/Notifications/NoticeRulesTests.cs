using System.Text.Json;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Tests.Notifications;

public sealed class NoticeRulesTests
{
    private static readonly Guid Project = Guid.CreateVersion7();
    private static readonly NoticeRelease Release = new(Guid.CreateVersion7(), Project, "1.2.0", Owner: "olga", StartedBy: "sam");

    private static readonly NoticeScene Scene = new()
    {
        Project = "hello",
        Release = Release,
        Step = new NoticeStep("approve", "Approve", StepKindDescription.Approval, new ApprovalRule(1, "reviewer", notStarter: true)),
        People =
        [
            Person("olga", Roles.Maintainer), Person("sam", Roles.Maintainer | Roles.Reviewer), Person("rita", Roles.Reviewer), Person("rob", Roles.Reviewer),
            Person("fay", Roles.Viewer), Person("out", Roles.None),
        ],
        Followers = ["fay", "out"],
    };

    [Fact]
    public void ApprovalAsked_TellsThoseWhoCanDecide_NotTheStarter()
    {
        var notice = Of("approval.ask", "system", "approve", new { DueAt = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero) }).ShouldHaveSingleItem();
        notice.To.Order().ShouldBe(["rita", "rob"]);
        notice.Text.ShouldContain("2026-11-22 08:00 UTC");
        notice.Path.ShouldContain(Release.Id.ToString("D"));
    }

    [Fact]
    public void ApprovalReminded_LeavesOutWhoDecided() =>
        Of("approval.remind", "system", "approve", new { }, Scene with { Involved = ["rita", "rob"], Decided = ["Rita"] }).ShouldHaveSingleItem().To.ShouldBe(["rob"]);

    [Theory]
    [InlineData("approval.ask")]
    [InlineData("approval.remind")]
    [InlineData("approval.lapse")]
    public void Approval_OfAGroup_IsAskedOfItsViewersToo_NotOfWhoSeesNothing(string action)
    {
        var rule = new ApprovalRule([new SignatureRequirement(1, Group: "security"), new SignatureRequirement(1, People: ["fay", "out"])]);
        var scene = Scene with
        {
            Step = new NoticeStep("approve", "Approve", StepKindDescription.Approval, rule),
            People = [.. Scene.People, Member("vera", Roles.Viewer), Member("blind", Roles.None)],
        };
        Of(action, "system", "approve", new { }, scene).ShouldHaveSingleItem().To.Where(name => name != "olga").Order().ShouldBe(["fay", "vera"]);
    }

    [Fact]
    public void ApprovalAsked_WhereAuthorsAreLeftOut_IsNotAskedOfThem()
    {
        var step = new NoticeStep("approve", "Approve", StepKindDescription.Approval, new ApprovalRule(1, "reviewer", notStarter: true) { NotAuthor = true })
        {
            Authors = CommitAuthor.ParseAll("Rita R <rr@example.org> @rita-r\nRob <rob@example.org>"),
        };
        var people = Scene.People.Select(person => person.Name == "rita" ? person with { Actor = person.Actor with { GitHubLogin = "Rita-R" } } : person);
        var scene = Scene with { Step = step, People = [.. people, Person("ruth", Roles.Reviewer)] };
        Of("approval.ask", "system", "approve", new { }, scene).ShouldHaveSingleItem().To.ShouldBe(["ruth"]);
    }

    [Fact]
    public void ApprovalVoid_TellsOwnerStarterDecidersAndWhoHadApproved_InWords()
    {
        var notice = Of("approval.void", "system", "approve", new { Changed = new[] { new { Item = "commit", Before = "3e0e106", After = "a7941c6" }, new { Item = "notes", Before = "Old.", After = "New." } }, HadApproved = new[] { "rita", "fay" } }).ShouldHaveSingleItem();
        notice.To.Order().ShouldBe(["fay", "olga", "rita", "rob", "sam"]);
        notice.Text.ShouldBe("Commit was 3e0e106 and is a7941c6; the notes were edited. The approval is void; look at it again.");
    }

    [Theory]
    [InlineData("approval.approve", "rita", "approval.given", "olga")]
    [InlineData("approval.approve", "olga", "approval.given", "")]
    [InlineData("approval.reject", "rita", "approval.rejected", "olga,rob,sam")]
    [InlineData("approval.lapse", "system", "approval.lapsed", "olga,rita,rob")]
    [InlineData("release.start", "sam", "release.started", "fay")]
    [InlineData("release.publish", "system", "release.published", "fay,olga,sam")]
    [InlineData("release.cancel", "olga", "release.aborted", "fay,sam")]
    [InlineData("step.fail", "worker-1", "step.failed", "olga")]
    [InlineData("step.reconcile", "worker-1", "step.unclear", "olga")]
    public void Entry_OfACourse_TellsThese(string action, string actor, string kind, string to)
    {
        var notice = Of(action, actor, "approve", new { }).ShouldHaveSingleItem();
        notice.Kind.ShouldBe(kind);
        string.Join(',', notice.To.Order()).ShouldBe(to);
    }

    [Theory]
    [InlineData(ApprovalFailure.Rejected)]
    [InlineData(ApprovalFailure.Lapsed)]
    public void StepFailed_BecauseOfPeople_IsToldByTheApprovalAlone(string code)
    {
        Of("step.fail", "worker-1", "approve", new { Error = new { Code = code, What = "rita rejected." } }).ShouldBeEmpty();
        var build = Scene with { Step = new NoticeStep("build", "Build", "python.build", null) };
        Of("step.fail", "worker-1", "build", new { Error = new { Code = code, What = "It broke." } }, build).ShouldHaveSingleItem().Kind.ShouldBe(NoticeKinds.StepFailed);
    }

    [Fact]
    public void HandOver_TellsTheNewOwnerAndTheStarter_NotWhoDidIt()
    {
        var notice = Of("release.hand_over", "olga", "1.2.0", new { Owner = "rob", Reason = "I am away" }).ShouldHaveSingleItem();
        notice.To.Order().ShouldBe(["rob", "sam"]);
        (notice.Text, notice.Title).ShouldBe(("I am away", "olga handed the release over to rob"));
    }

    [Fact]
    public void Comment_TellsEachPersonOnceByWhatConcernsThemMost()
    {
        var notices = Of("comment.add", "rita", "approve", new { Text = "@olga why?", IsQuestion = true, Mentions = new[] { "olga", "rita", "out" } }, Scene with { Involved = ["olga", "rob"] });
        notices.Select(notice => (notice.Kind, string.Join(',', notice.To))).ShouldBe([(NoticeKinds.Mention, "olga"), (NoticeKinds.Question, "rob")]);
    }

    [Fact]
    public void Answer_TellsTheAsker() =>
        Of("comment.add", "olga", "approve", new { Text = "because" }, Scene with { Asker = "rita" }).ShouldHaveSingleItem().To.ShouldBe(["rita"]);

    [Fact]
    public void Checklist_AskingAgainInTheSameAttempt_TellsNobody()
    {
        var scene = Scene with { Step = new NoticeStep("review", "Review", StepKindDescription.Checklist, null) };
        Of("step.ask", "worker-1", "review", new { Reason = "4 items" }, scene).ShouldHaveSingleItem().To.ShouldBe(["olga"]);
        Of("step.ask", "worker-1", "review", new { Reason = "3 items" }, scene with { HasAsked = true }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("freeze.create", NoticeKinds.FreezeSet)]
    [InlineData("freeze.lift", NoticeKinds.FreezeLifted)]
    public void Freeze_TellsThoseWhoReleaseAndFollow(string action, string kind)
    {
        var notice = Of(action, "olga", "id", new { Reason = "holidays" }).ShouldHaveSingleItem();
        (notice.Kind, notice.Text.TrimEnd('.')).ShouldBe((kind, "holidays"));
        notice.To.Order().ShouldBe(["fay", "sam"]);
    }

    [Fact]
    public void Freeze_PlannedForLater_SaysWhenAndNotThatItIs()
    {
        var (from, until) = (DateTimeOffset.UnixEpoch.AddDays(3), DateTimeOffset.UnixEpoch.AddDays(5));
        var planned = Of("freeze.create", "olga", "id", new { Reason = "Trade fair", From = from, Until = until }).ShouldHaveSingleItem();
        (planned.Title, planned.Text).ShouldBe(("Its releases will be frozen from 1970-01-04 00:00 UTC: olga plans it", "Trade fair. From 1970-01-04 00:00 UTC until 1970-01-06 00:00 UTC."));
        var now = Of("freeze.create", "olga", "id", new { Reason = "Trade fair.", From = DateTimeOffset.UnixEpoch }).ShouldHaveSingleItem();
        (now.Title, now.Text).ShouldBe(("Its releases are frozen by olga", "Trade fair. From 1970-01-01 00:00 UTC until somebody lifts it."));
        var entry = new AuditEntry(1, DateTimeOffset.UnixEpoch, "person", "olga", "freeze.lift", Project, null, "id", JsonSerializer.Serialize(new { From = from }, JsonSerializerOptions.Web), "{}");
        NoticeRules.Of(entry, Scene).ShouldHaveSingleItem().Title.ShouldBe("Its releases will not be frozen: olga called it off");
    }

    [Fact]
    public void Freeze_OfAllProjects_ReachesWhoeverReleasesAnywhere()
    {
        var pam = Person("pam", Roles.None);
        pam = pam with { Actor = pam.Actor with { ProjectRoles = new Dictionary<Guid, Roles> { [Guid.CreateVersion7()] = Roles.Maintainer } } };
        var scene = Scene with { Project = null, Release = null, Followers = [], People = [.. Scene.People, pam] };
        var notice = Of("freeze.create", "olga", "id", new { Reason = "Holidays." }, scene, project: false).ShouldHaveSingleItem();
        notice.To.Order().ShouldBe(["pam", "sam"]);
        notice.Title.ShouldBe("All releases are frozen by olga");
    }

    [Theory]
    [InlineData("user.password", "rita", "rita")]
    [InlineData("user.roles", "rita", "rita")]
    [InlineData("token.create", "a script", "rita")]
    public void Account_Changed_IsToldToItsOwnerWhoeverDidIt(string action, string subject, string owner)
    {
        foreach (var actor in new[] { "rita", "olga" })
            Of(action, actor, subject, new { Owner = owner }, Scene with { Release = null, Project = null }, project: false).ShouldHaveSingleItem().To.ShouldBe([owner]);
    }

    [Theory]
    [InlineData("step.start")]
    [InlineData("step.succeed")]
    [InlineData("checklist.tick")]
    [InlineData("release.abort")]
    [InlineData("project.update")]
    public void Entry_OfTheLedgerItself_ConcernsNobody(string action) =>
        (NoticeRules.Cares(action) && Of(action, "x", "approve", new { }).Count > 0).ShouldBeFalse();

    [Fact]
    public void Entry_WithStrangeState_IsReadAsFarAsItGoes()
    {
        var entry = new AuditEntry(1, DateTimeOffset.UnixEpoch, "system", "system", "approval.void", Project, Release.Id, "approve", null, "[1,");
        NoticeRules.Of(entry, Scene).ShouldHaveSingleItem().To.Order().ShouldBe(["olga", "rita", "rob", "sam"]);
    }

    private static IReadOnlyList<Notice> Of(string action, string actor, string subject, object after, NoticeScene? scene = null, bool project = true) => NoticeRules.Of(
        new AuditEntry(1, DateTimeOffset.UnixEpoch, "person", actor, action, project ? Project : null, project ? Release.Id : null, subject, null, JsonSerializer.Serialize(after, JsonSerializerOptions.Web)), scene ?? Scene);

    private static NoticePerson Member(string name, Roles roles) => new(Guid.CreateVersion7(), Actor.Person(name, roles) with { Groups = ["security"] });

    private static NoticePerson Person(string name, Roles roles) => new(Guid.CreateVersion7(), Actor.Person(name, roles));
}
