using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.TestSupport.Playbooks;

namespace ReleaseDashboard.Infrastructure.Tests.Playbooks;

public sealed class WrapperPlaybookTests
{
    private static Playbook Wrapper()
    {
        var reading = YamlPlaybookReader.Read(RepositoryFiles.Read("playbooks/wrapper.yml"), ShippedCatalogue.Instance, "wrapper.yml");
        reading.Faults.ShouldBeEmpty();
        return reading.Playbook!;
    }

    [Fact]
    public void Wrapper_OfTheRepository_HasTheStagesOfTheDocument() =>
        Wrapper().Stages.Select(stage => stage.Title).ShouldBe(
            ["Prepare", "Test and build", "Review and merge", "Upload", "After release"]);

    [Fact]
    public void Wrapper_OfTheRepository_RunsInFileOrder()
    {
        var playbook = Wrapper();
        playbook.Graph().TopologicalOrder().ShouldBe(playbook.Steps.Select(step => step.Id));
        playbook.Steps.First().Needs.ShouldBeEmpty();
    }

    // The order is what makes it safe: nothing permanent on the production index without approval of those bytes.
    [Fact]
    public void Wrapper_ProductionUpload_WaitsForApprovalAndMerge()
    {
        var playbook = Wrapper();
        var upload = playbook.Steps.Single(step => step.Kind == "pypi.upload" && step.TextInput("index") == "production");
        upload.Optional.ShouldBeFalse();
        upload.When!.Evaluate(name => new InputValue.Flag(name == "project.worker_publishes")).ShouldBeTrue();
        upload.Permanent.ShouldBeTrue();
        playbook.Graph().Upstream(upload.Id).ShouldContain("approve");
        playbook.Graph().Upstream(upload.Id).ShouldContain("merge");
        upload.TextInput("sha256").ShouldBe(playbook.FindStep("approve")!.TextInput("sha256"));
        playbook.FindStep("approve")!.Approval.ShouldBe(new ApprovalRule(1, "reviewer", notStarter: true));
    }

    [Fact]
    public void Wrapper_PublishedByWorkflow_WaitsForApprovalAndIsVerified()
    {
        var playbook = Wrapper();
        var steps = playbook.Steps.Where(step => step.Id is "draft" or "tag-to-publish" or "start-publishing" or "follow-publishing").ToList();
        steps.Count.ShouldBe(4);
        foreach (var step in steps)
        {
            step.When!.Evaluate(name => new InputValue.Flag(name is "project.worker_publishes")).ShouldBeFalse();
            playbook.Graph().Upstream(step.Id).ShouldContain("approve");
            playbook.Graph().Upstream("verify").ShouldContain(step.Id);
        }
    }

    [Fact]
    public void Wrapper_TestIndexSteps_AreOptionalAndConditional()
    {
        var steps = Wrapper().Steps.Where(step => step.TextInput("index") == "test").ToList();
        steps.Select(step => step.Kind).ShouldBe(["pypi.upload", "pypi.install"]);
        foreach (var step in steps)
        {
            step.Optional.ShouldBeTrue();
            step.When!.Evaluate(_ => new InputValue.Flag(false)).ShouldBeFalse();
        }
    }

    [Fact]
    public void Wrapper_Details_AreRead()
    {
        var playbook = Wrapper();
        playbook.FindStep("checks")!.Timeout.ShouldBe(TimeSpan.FromMinutes(60));
        playbook.FindStep("verify")!.Retry.ShouldBe(new RetryRule(3, TimeSpan.FromSeconds(30)));
        playbook.FindStep("review")!.Items.Select(item => item.Id).ShouldBe(["constants", "documentation", "readme"]);
        playbook.FindStep("package")!.Effect.ShouldBe(StepEffect.Local);
    }
}
