using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.TestSupport.Playbooks;

namespace ReleaseDashboard.Infrastructure.Tests.Playbooks;

public sealed class ImagesPlaybookTests
{
    private static Playbook Images()
    {
        var reading = YamlPlaybookReader.Read(RepositoryFiles.Read("playbooks/images.yml"), ShippedCatalogue.Instance, "images.yml");
        reading.Faults.ShouldBeEmpty();
        return reading.Playbook!;
    }

    [Fact]
    public void Images_OfTheRepository_HasTheStagesOfTheDocument() =>
        Images().Stages.Select(stage => stage.Title).ShouldBe(["Prepare changes", "Merge changes", "New tag", "Publish release"]);

    [Fact]
    public void Images_OfTheRepository_RunsInFileOrder()
    {
        var playbook = Images();
        playbook.Graph().TopologicalOrder().ShouldBe(playbook.Steps.Select(step => step.Id));
    }

    [Fact]
    public void Images_PullRequest_IsNamedAfterTheVersion() => Images().FindStep("pull-request")!.TextInput("title").ShouldBe("Release ${{ release.version }}");

    // What is approved is what is merged, copied and compared: every later step takes it from the approval.
    [Fact]
    public void Images_EverythingAfterTheApproval_TakesTheApprovedImages()
    {
        var playbook = Images();
        playbook.FindStep("approve")!.TextInput("inventory").ShouldBe("${{ steps.inventory.outputs.inventory }}");
        playbook.FindStep("approve")!.TextInput("commit").ShouldBe(playbook.FindStep("merge")!.TextInput("commit"));
        playbook.FindStep("unchanged")!.TextInput("expect").ShouldBe("${{ steps.approve.outputs.images }}");
        playbook.FindStep("promote")!.TextInput("inventory").ShouldBe("${{ steps.approve.outputs.images }}");
        playbook.FindStep("parity")!.TextInput("inventory").ShouldBe("${{ steps.approve.outputs.images }}");
        playbook.FindStep("approve")!.Approval.ShouldBe(new ApprovalRule(1, "reviewer", notStarter: true));
    }

    [Fact]
    public void Images_Tag_CarriesThePullRequestsDescriptionOnTheCommitOfBothBranches()
    {
        var tag = Images().FindStep("tag")!;
        tag.TextInput("message").ShouldBe("${{ steps.merge.outputs.description }}");
        tag.TextInput("commit").ShouldBe("${{ steps.fast-forward.outputs.commit }}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Images_Migration_IsDoneByTheWorkflowOrByTheWorkerNeverByBoth(bool hasWorkflow)
    {
        var playbook = Images();
        InputValue? Value(string name) => new InputValue.Flag(name == "project.has_release_workflow" && hasWorkflow);

        playbook.FindStep("migration")!.When!.Evaluate(Value).ShouldBe(hasWorkflow);
        playbook.FindStep("promote")!.When!.Evaluate(Value).ShouldBe(!hasWorkflow);
        playbook.Graph().Upstream("github-release").ShouldContain("parity");
    }
}
