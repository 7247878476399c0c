using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.TestSupport.Playbooks;

namespace ReleaseDashboard.Infrastructure.Tests.Playbooks;

public sealed class PythonDockerPlaybookTests
{
    private static Playbook PythonDocker()
    {
        var reading = YamlPlaybookReader.Read(RepositoryFiles.Read("playbooks/python-docker.yml"), ShippedCatalogue.Instance, "python-docker.yml");
        reading.Faults.ShouldBeEmpty();
        return reading.Playbook!;
    }

    [Fact]
    public void PythonDocker_OfTheRepository_RunsInFileOrder()
    {
        var playbook = PythonDocker();
        playbook.Stages.Select(stage => stage.Title).ShouldBe(
            ["Prepare", "Test and build", "Publish the package", "Build and try the images", "Publish the images", "Publish the release"]);
        playbook.Graph().TopologicalOrder().ShouldBe(playbook.Steps.Select(step => step.Id));
    }

    // The order is what makes it safe: nothing goes where users take it from without an approval of those bytes.
    [Fact]
    public void PythonDocker_Publishing_WaitsForItsApproval()
    {
        var playbook = PythonDocker();
        foreach (var upload in playbook.Steps.Where(step => step.Kind == "pypi.upload" && step.TextInput("index") == "production"))
        {
            playbook.Graph().Upstream(upload.Id).ShouldContain("approve");
            upload.TextInput("sha256").ShouldBeOneOf(playbook.FindStep("approve")!.TextInput("sha256"), playbook.FindStep("approve")!.TextInput("wheel_sha256"));
        }
        var promote = playbook.FindStep("promote-images")!;
        promote.Permanent.ShouldBeTrue();
        playbook.Graph().Upstream(promote.Id).ShouldContain("approve-images");
        playbook.Graph().Upstream(promote.Id).ShouldContain("smoke-images");
        promote.TextInput("inventory").ShouldBe(playbook.FindStep("approve-images")!.TextInput("inventory"));
        promote.TextInput("inventory").ShouldBe(playbook.FindStep("smoke-images")!.TextInput("inventory"));
    }

    // Images are migrated by a workflow in the promotion's place, never by both, and never before their approval.
    [Fact]
    public void PythonDocker_PublishedByWorkflows_WaitsForBothApprovalsAndIsVerified()
    {
        var playbook = PythonDocker();
        foreach (var (steps, flag, approval, verify) in new[]
        {
            (new[] { "draft", "tag-to-publish", "follow-publishing" }, "project.workflow_publishes", "approve", "verify-wheel"),
            (["start-migration", "migration"], "project.has_release_workflow", "approve-images", "parity"),
        })
        {
            foreach (var step in steps)
            {
                var found = playbook.FindStep(step)!;
                (found.When!.Evaluate(name => new InputValue.Flag(name == flag)), found.When.Evaluate(_ => new InputValue.Flag(false))).ShouldBe((true, false));
                playbook.Graph().Upstream(step).ShouldContain(approval);
                playbook.Graph().Upstream(verify).ShouldContain(step);
            }
        }
        playbook.FindStep("promote-images")!.When!.Evaluate(_ => new InputValue.Flag(true)).ShouldBeFalse();
        playbook.FindStep("promote-images")!.When!.Evaluate(name => new InputValue.Flag(name == "project.has_images")).ShouldBeTrue();
        playbook.FindStep("migration")!.TextInput("trigger").ShouldBe("dispatch");
        playbook.FindStep("parity")!.TextInput("inventory").ShouldBe(playbook.FindStep("approve-images")!.TextInput("inventory"));
    }

    // What is left is the release of a package: nothing of it waits for a step of images, or is only done with them.
    [Fact]
    public void PythonDocker_WithoutImages_LeavesAllTheirStepsOutAndNoOther()
    {
        var steps = PythonDocker().Steps.Where(step => step.When?.Evaluate(_ => new InputValue.Flag(false)) != false).ToList();
        var left = PythonDocker().Steps.Where(step => step.When?.Evaluate(name => new InputValue.Flag(name is "project.has_images" or "project.has_release_workflow")) == true).Select(step => step.Id);

        left.ShouldBe(PythonDocker().Stages.Single(stage => stage.Id == "images").Steps.Concat(PythonDocker().Stages.Single(stage => stage.Id == "publish").Steps)
            .Select(step => step.Id).Where(id => id != "promote-images"));
        steps.ShouldNotContain(step => step.Kind.StartsWith("images.", StringComparison.Ordinal));
        steps.Select(step => step.Id).ShouldBe(["preflight", "update", "review", "test", "package", "approve", "verify", "verify-wheel", "install", "tag", "github-release"]);
    }

    [Fact]
    public void PythonDocker_EveryBuild_IsOfTheOneCommit()
    {
        var playbook = PythonDocker();
        foreach (var step in playbook.Steps.Where(step => step.TextInput("commit") is not null))
            step.TextInput("commit").ShouldBe("${{ steps.update.outputs.commit }}", step.Id);
        playbook.FindStep("package")!.TextInput("version_from_tag").ShouldBe("${{ project.version_from_tag }}");
    }
}
