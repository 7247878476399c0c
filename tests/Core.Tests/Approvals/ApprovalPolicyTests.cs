using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Tests.Approvals;

public sealed class ApprovalPolicyTests
{
    private const string Digest = "digest";
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly ApprovalRule TwoGroups = new([new SignatureRequirement(1, Role: "reviewer"), new SignatureRequirement(1, Group: "security")]);

    private static ApprovalPolicy Policy(ApprovalRule rule, params IReadOnlyList<CommitAuthor> authors) => new(rule, "starter", authors);

    private static Decision Yes(string by, int minute, params IReadOnlyList<string> claims) => new(by, Verdict.Approved, Digest, Noon.AddMinutes(minute), null) { As = claims };

    private static Signer Person(string name, Roles roles = Roles.Reviewer, params IReadOnlyList<string> groups) => new(name, roles, groups);

    [Fact]
    public void Judge_OnePersonInBothGroups_IsNotEnough()
    {
        var open = Policy(TwoGroups).Judge([Yes("ana", 0, "role:reviewer", "group:security")], Digest).ShouldBeOfType<ApprovalState.Open>();
        open.Missing.ShouldBe(1);
    }

    [Fact]
    public void Judge_SamePersonAllowed_IsEnough() =>
        Policy(TwoGroups with { SamePerson = true }).Judge([Yes("ana", 0, "role:reviewer", "group:security")], Digest).ShouldBeOfType<ApprovalState.Granted>();

    [Fact]
    public void Judge_PersonOfBothGroupsFirst_LeavesThePlaceToWhoOnlyFitsThere() =>
        Policy(TwoGroups).Judge([Yes("ana", 0, "role:reviewer", "group:security"), Yes("bo", 1, "role:reviewer")], Digest)
            .ShouldBeOfType<ApprovalState.Granted>().Signatures.Select(slot => slot.SignedBy.Single()).ShouldBe(["bo", "ana"]);

    [Fact]
    public void Judge_AnotherDigest_DoesNotCount() =>
        Policy(TwoGroups).Judge([Yes("ana", 0, "role:reviewer"), Yes("bo", 1, "group:security") with { EvidenceDigest = "other" }], Digest)
            .ShouldBeOfType<ApprovalState.Open>().Missing.ShouldBe(1);

    [Fact]
    public void Judge_TheStarter_NeverCounts() =>
        Policy(TwoGroups).Judge([Yes("Starter", 0, "role:reviewer"), Yes("bo", 1, "group:security")], Digest).ShouldBeOfType<ApprovalState.Open>();

    [Fact]
    public void Judge_ARejection_WinsOverEnoughApprovals()
    {
        var no = new Decision("cy", Verdict.Rejected, Digest, Noon.AddMinutes(2), "no") { As = ["role:reviewer"] };
        Policy(TwoGroups).Judge([Yes("ana", 0, "role:reviewer"), Yes("bo", 1, "group:security"), no], Digest).ShouldBeOfType<ApprovalState.Rejected>().Decision.By.ShouldBe("cy");
        Policy(TwoGroups).Judge([Yes("ana", 0, "role:reviewer"), Yes("bo", 1, "group:security"), no, Yes("cy", 3, "role:reviewer")], Digest).ShouldBeOfType<ApprovalState.Granted>();
    }

    [Fact]
    public void Judge_OldDecisionWithoutClaims_CountsUnderTheShortForm() =>
        Policy(new ApprovalRule(1, "reviewer", notStarter: true)).Judge([Yes("ana", 0)], Digest).ShouldBeOfType<ApprovalState.Granted>();

    [Theory]
    [InlineData("Ada <ada@example.org> @ada-l", "ada-l", "nobody@example.org", false)]
    [InlineData("Ada <ada@example.org>", "x", "ADA@example.org", false)]
    [InlineData("Ada <7+ada-l@users.noreply.github.com> @ada-l", "Ada-L", null, false)]
    [InlineData("Ada <ada@example.org> @ada-l", "bo", "bo@example.org", true)]
    public void WhyNot_AuthorsLeftOut_KnowsThemByLoginAndAddress(string author, string login, string? email, bool may)
    {
        var policy = Policy(TwoGroups with { NotAuthor = true }, CommitAuthor.ParseAll(author));
        var why = policy.WhyNot(Person("someone") with { GitHubLogin = login, Email = email });
        (why is null).ShouldBe(may, why);
    }

    [Theory]
    [InlineData("Ada <ada@example.org> @ada-l", null, "bo@example.org", "no GitHub account is linked")]
    [InlineData("Ada <ada@example.org>", null, "bo@example.org", "no GitHub account is linked")]
    [InlineData("Ada <ada@example.org>", "bo", null, "has no e-mail address here")]
    [InlineData("Ada <ada@example.org>", "bo", "bo@example.org", null)]
    [InlineData("Ada <ada@example.org> @ada-l", "bo", null, null)]
    [InlineData("", null, null, null)]
    public void WhyNot_AuthorsLeftOut_RefusesWhoCannotBeExcluded(string authors, string? login, string? email, string? because)
    {
        var policy = Policy(TwoGroups with { NotAuthor = true }, CommitAuthor.ParseAll(authors));
        var why = policy.WhyNot(Person("bo") with { GitHubLogin = login, Email = email });
        if (because is null)
            why.ShouldBeNull();
        else
            why.ShouldNotBeNull().ShouldContain(because);
    }

    [Fact]
    public void WhyNot_NeitherRoleNorGroup_NamesWhatIsNeeded() =>
        Policy(TwoGroups).WhyNot(Person("cy", Roles.Maintainer, "docs")).ShouldNotBeNull().ShouldContain("1 reviewer and 1 of security");

    [Fact]
    public void WhyNot_MemberOfTheGroup_MaySignWithoutTheRole() => Policy(TwoGroups).WhyNot(Person("cy", Roles.Maintainer, "Security")).ShouldBeNull();

    [Fact]
    public void WhyNot_ViewerOfTheGroupOrByName_MaySign()
    {
        Policy(TwoGroups).WhyNot(Person("vera", Roles.Viewer, "security")).ShouldBeNull();
        Policy(new ApprovalRule([new SignatureRequirement(1, People: ["vera"])])).WhyNot(Person("Vera", Roles.Viewer)).ShouldBeNull();
        Policy(new ApprovalRule(1, "reviewer", notStarter: true)).WhyNot(Person("vera", Roles.Viewer)).ShouldBe("Only people with the role reviewer can decide here.");
    }

    [Fact]
    public void WhyNot_NamedButWithoutAnyRole_DoesNotSeeTheProject() =>
        Policy(TwoGroups).WhyNot(Person("vera", Roles.None, "security")).ShouldBe("vera does not see this project and cannot decide in it.");

    [Theory]
    [InlineData("hi @ana, and @bo-b. Not a@cy.org", "ana|bo-b")]
    [InlineData("@ana @ANA @ana", "ana")]
    [InlineData("npm i @scope/package and user@host", "scope")]
    [InlineData("nobody", "")]
    public void Mentions_InAText_AreNamesAfterAnAt(string text, string names) => string.Join('|', Mentions.In(text)).ShouldBe(names);

    [Fact]
    public void LoginIn_NoReplyAddress_IsTheLogin()
    {
        CommitAuthor.LoginIn("123+ada-l@users.noreply.github.com").ShouldBe("ada-l");
        CommitAuthor.LoginIn("ada-l@users.noreply.github.com").ShouldBe("ada-l");
        CommitAuthor.LoginIn("ada@example.org").ShouldBeNull();
    }
}
