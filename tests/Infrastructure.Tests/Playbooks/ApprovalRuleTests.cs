using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.TestSupport.Playbooks;
using static ReleaseDashboard.Core.Playbooks.PlaybookFaultCode;

namespace ReleaseDashboard.Infrastructure.Tests.Playbooks;

public sealed class ApprovalRuleTests
{
    private const string Head = "schema: 1\nname: demo\ntitle: Demo\nrevision: 1\nstages:\n  - id: only\n    title: Only\n    steps:\n";

    private static PlaybookReading Read(string yaml) => YamlPlaybookReader.Read(yaml, SampleCatalogue.Instance, "demo.yml");

    private static PlaybookReading Step(string approval) =>
        Read(Head + "      - id: a\n        title: A\n        kind: approval\n        inputs: {file: f, sha256: s, commit: c}\n        approval: " + approval + "\n");

    [Fact]
    public void Read_SeveralGroups_IsTheRule() =>
        Step("{require: [{count: 2, role: reviewer}, {group: security}, {people: [ana, bo]}], not_author: true, same_person: true, within: 2d, remind: 4h}")
            .Playbook.ShouldNotBeNull().FindStep("a")!.Approval.ShouldBe(new ApprovalRule(
                [new SignatureRequirement(2, Role: "reviewer"), new SignatureRequirement(1, Group: "security"), new SignatureRequirement(1, People: ["ana", "bo"])])
            {
                NotAuthor = true,
                SamePerson = true,
                Within = TimeSpan.FromDays(2),
                Remind = TimeSpan.FromHours(4),
            });

    [Fact]
    public void Read_ShortForm_StaysWhatItWas() =>
        Step("{count: 2, role: reviewer, not_starter: false}").Playbook.ShouldNotBeNull().FindStep("a")!.Approval.ShouldBe(new ApprovalRule(2, "reviewer", notStarter: false));

    [Theory]
    [InlineData("{}", MissingKey)]
    [InlineData("{require: []}", BadValue)]
    [InlineData("{require: [{}]}", MissingKey)]
    [InlineData("{require: [{role: reviewr}]}", BadValue)]
    [InlineData("{require: [{role: reviewer, group: security}]}", BadValue)]
    [InlineData("{role: reviewer, require: [{group: security}]}", UnknownKey)]
    [InlineData("{count: 3, people: [ana, bo]}", BadValue)]
    [InlineData("{people: [ana, Ana]}", DuplicateId)]
    [InlineData("{require: [{people: [ana]}, {people: [ana]}]}", BadValue)]
    [InlineData("{role: reviewer, within: 4h, remind: 1d}", BadValue)]
    [InlineData("{role: reviewer, within: soon}", BadValue)]
    [InlineData("{role: reviewer, not_authors: true}", UnknownKey)]
    public void Read_FaultyRule_IsReportedInItsLine(string approval, PlaybookFaultCode code)
    {
        var fault = Step(approval).Faults.ShouldHaveSingleItem();
        fault.Code.ShouldBe(code, fault.Message);
        fault.At.Line.ShouldBe(13);
    }

    [Fact]
    public void Read_StageApproval_IsAStepThatEveryStepOfTheStageNeeds()
    {
        var playbook = Read("""
            schema: 1
            name: demo
            title: Demo
            revision: 1
            stages:
              - id: prepare
                title: Prepare
                steps:
                  - {id: before, title: Before, kind: preflight}
              - id: publish
                title: Publish
                approval:
                  role: reviewer
                  inputs: {file: f, sha256: s, commit: c}
                steps:
                  - {id: one, title: One, kind: preflight}
                  - {id: two, title: Two, kind: preflight, needs: [before]}
            """).Playbook.ShouldNotBeNull();
        var approval = playbook.FindStep("approve-publish").ShouldNotBeNull();
        (approval.Kind, approval.Title, approval.TextInput("file")).ShouldBe(("approval", "Approve: Publish", "f"));
        approval.Needs.ShouldBe(["before"]);
        playbook.FindStep("one")!.Needs.ShouldBe(["approve-publish"]);
        playbook.FindStep("two")!.Needs.ShouldBe(["before", "approve-publish"]);
        playbook.Stages[1].Steps[0].ShouldBe(approval);
    }

    [Theory]
    [InlineData("""{"role":"reviewer"}""", true)]
    [InlineData("""{"require":[{"role":"reviewer"},{"group":"security","count":2}],"within":"2d","remind":"4h","not_author":true}""", true)]
    [InlineData("""{"role":"reviewer","group":"security"}""", false)]
    [InlineData("""{"require":[{"count":1}]}""", false)]
    [InlineData("""{"not_starter":true}""", false)]
    public void Schema_OfARule_SaysTheSame(string approval, bool valid)
    {
        var validator = new SmallSchemaValidator(PlaybookSchema.Build(SampleCatalogue.Instance));
        var document = JsonNode.Parse($$"""
            {"schema":1,"name":"demo","title":"Demo","revision":1,"stages":[{"id":"s","title":"S","steps":[
              {"id":"a","title":"A","kind":"approval","inputs":{"file":"f","sha256":"s","commit":"c"},"approval":{{approval}}}]}]}
            """);
        validator.IsValid(document).ShouldBe(valid);
    }
}
