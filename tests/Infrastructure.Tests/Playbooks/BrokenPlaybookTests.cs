using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.TestSupport.Playbooks;
using static ReleaseDashboard.Core.Playbooks.PlaybookFaultCode;

namespace ReleaseDashboard.Infrastructure.Tests.Playbooks;

public sealed class BrokenPlaybookTests
{
    private const string Head = "schema: 1\nname: demo\ntitle: Demo\nrevision: 1\nstages:\n  - id: only\n    title: Only\n    steps:\n";

    private static IReadOnlyList<PlaybookFault> Faults(string yaml)
    {
        var reading = YamlPlaybookReader.Read(yaml, SampleCatalogue.Instance, "demo.yml");
        (reading.Playbook is null).ShouldBe(reading.Faults.Count > 0);
        return reading.Faults;
    }

    private static PlaybookFault StepFault(string step) => Faults(Head + step).ShouldHaveSingleItem();

    [Fact]
    public void Read_ManyFaults_AreAllReportedInFileOrderWithTheirPlaces()
    {
        var faults = Faults(Head +
            """
                  - id: Bad Id
                    title: One
                    kind: git.tagg
                    colour: red
                  - id: two
                    title: Two
                    kind: git.update
                    needs: [three, nowhere]
                    inputs:
                      brunch: dev
                  - id: three
                    title: Three
                    kind: python.build
                    when: project.test_idx
                    inputs:
                      commit: ${{ steps.two.outputs.comit }}
                      command: 7
                      source_only: maybe
            """);
        faults.Select(fault => (fault.Code, fault.At.Line, fault.At.Column)).ShouldBe(
        [
            (BadId, 9, 13), (UnknownKind, 11, 15), (UnknownKey, 12, 9),
            (Cycle, 16, 17), (UnknownNeed, 16, 24), (UnknownInput, 18, 11), (MissingInput, 18, 11),
            (UnknownVariable, 22, 15), (UnknownVariable, 24, 19), (WrongType, 25, 20), (WrongType, 26, 24),
        ]);
        var text = string.Join('\n', faults);
        text.ShouldContain("demo.yml:11:15: there is no step kind \"git.tagg\" (did you mean \"git.tag\"?)");
        text.ShouldContain("these steps wait for each other: two -> three -> two");
        text.ShouldContain("(did you mean \"branch\"?)");
        text.ShouldContain("(did you mean \"project.test_index\"?)");
        text.ShouldContain("(did you mean \"commit\"?)");
    }

    [Theory]
    [InlineData("      - {id: a, title: A, kind: preflight, expected: soon}", BadValue)]
    [InlineData("      - {id: a, title: A, kind: preflight, optional: maybe}", WrongType)]
    [InlineData("      - {id: a, title: A, kind: preflight, optional: 'true'}", WrongType)]
    [InlineData("      - {id: a, title: A, kind: preflight, when: 'project.test_index and'}", BadCondition)]
    [InlineData("      - {id: a, title: A, kind: preflight, needs: [a]}", Cycle)]
    [InlineData("      - {id: a, title: A, kind: preflight, needs: b}", WrongType)]
    [InlineData("      - {id: a, title: A, kind: preflight, retry: {attempts: 99, delay: 1s}}", BadValue)]
    [InlineData("      - {id: a, title: A, kind: git.commit, inputs: {message: m}, retry: {attempts: 2, delay: 1s}}", UnsafeRetry)]
    [InlineData("      - {id: a, title: A, kind: preflight, items: [{id: x, text: X}]}", UnknownKey)]
    [InlineData("      - {id: a, title: A, kind: checklist}", MissingKey)]
    [InlineData("      - {id: a, title: A, kind: checklist, items: []}", BadValue)]
    [InlineData("      - {id: a, title: A, kind: checklist, items: [{id: x, text: X}, {id: x, text: Y}]}", DuplicateId)]
    [InlineData("      - {id: a, title: A, kind: approval, inputs: {file: f, sha256: s, commit: c}}", MissingKey)]
    [InlineData("      - {id: a, title: A, kind: approval, inputs: {file: f, sha256: s, commit: c}, approval: {role: revewer}}", BadValue)]
    [InlineData("      - {id: a, title: A, kind: preflight}\n      - {id: a, title: B, kind: preflight}", DuplicateId)]
    [InlineData("      - {id: a, title: '', kind: preflight}", BadValue)]
    [InlineData("      - {id: a, kind: preflight}", MissingKey)]
    [InlineData("      - {id: a, title: A, title: B, kind: preflight}", DuplicateKey)]
    [InlineData("      - plain", WrongType)]
    [InlineData("      - {id: a, title: A, kind: git.update, inputs: {branch: '${{ project.test_command }}'}}", WrongType)]
    [InlineData("      - {id: a, title: A, kind: git.update, inputs: {branch: '${{ project.dev_branch'}}", UnknownVariable)]
    [InlineData("      - {id: a, title: A, kind: github.merge, permanent: false, inputs: {pull_request: 1, commit: c}}", BadValue)]
    [InlineData("      - {id: a, title: A, kind: github.merge, inputs: {pull_request: 1, commit: c, method: merg}}", BadValue)]
    [InlineData("      - {id: a, title: A, kind: git.update, inputs: {branch: '${{ steps.b.outputs.commit }}'}}\n      - {id: b, title: B, kind: git.commit, inputs: {message: m}}", OutputNotReady)]
    public void Read_OneFault_IsReportedOnceInItsLine(string step, PlaybookFaultCode code)
    {
        var fault = StepFault(step);
        fault.Code.ShouldBe(code, fault.Message);
        fault.At.Line.ShouldBeInRange(9, 10);
    }

    [Theory]
    [InlineData("", "empty", 1)]
    [InlineData("a: [1", "", 1)]
    [InlineData("a: 1\n---\nb: 2\n", "second document", 2)]
    [InlineData("a: &x 1\nb: *x\n", "anchors", 1)]
    [InlineData("a: 1\nb: *x\n", "", 2)]
    [InlineData("a: !!str 1\n", "tags", 1)]
    [InlineData("a: !ruby/object x\n", "tags", 1)]
    [InlineData("a: 1\n<<: {b: 2}\n", "merge keys", 2)]
    [InlineData("a: 1\n[b]: 2\n", "plain text", 2)]
    [InlineData("a: {b: 1\n\tc: 2", "tab", 1)]
    public void Read_YamlThatIsRefused_IsOneSyntaxFaultWithItsLine(string yaml, string words, int line)
    {
        var fault = Faults(yaml).ShouldHaveSingleItem();
        fault.Code.ShouldBe(Syntax);
        fault.Message.ShouldContain(words);
        fault.At.Line.ShouldBe(line, fault.Message);
    }

    [Fact]
    public void Read_NestedOrLongWithoutEnd_IsRefused()
    {
        Faults(new string('[', 100_000)).ShouldHaveSingleItem().Code.ShouldBe(Syntax);
        Faults(new string('#', YamlPlaybookReader.MaximumLength + 1)).ShouldHaveSingleItem().Code.ShouldBe(Syntax);
    }

    [Fact]
    public void Read_MoreStepsThanAnyPlaybookHas_IsRefusedInBoundedTime()
    {
        var steps = Enumerable.Range(0, 10_000).Select(i => $"      - {{id: s{i}, title: S, kind: preflight}}");
        var fault = Faults(Head + string.Join('\n', steps)).ShouldHaveSingleItem();
        fault.Message.ShouldBe("a playbook has at most 500 steps");
    }

    [Theory]
    [InlineData("just text")]
    [InlineData("- a list")]
    public void Read_NoMapping_IsReported(string yaml) => Faults(yaml).ShouldHaveSingleItem().Code.ShouldBe(WrongType);
}
