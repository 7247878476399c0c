using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.Infrastructure.Steps.Git;
using ReleaseDashboard.Infrastructure.Steps.Python;
using ReleaseDashboard.Infrastructure.Steps.Versions;
using ReleaseDashboard.TestSupport.Playbooks;

namespace ReleaseDashboard.Infrastructure.Tests.Steps;

/// <summary>The kinds of this folder against the playbook that uses them.</summary>
public sealed class LocalStepKindsTests : StepFixture
{
    private IReadOnlyList<IStep> Kinds =>
    [
        new GitUpdateStep(Workspaces), new GitSubmodulesStep(Workspaces), new GitCommitStep(Workspaces), new GitPushStep(Workspaces),
        new GitTagStep(Workspaces), new GitFastForwardStep(Workspaces), new VersionSetStep(Workspaces), new VersionPlacesStep(Workspaces), new VersionLintStep(Workspaces),
        new VersionMoveTestsStep(Workspaces), new VersionNextStep(Workspaces), new PythonTestStep(Workspaces, Programs), new PythonBuildStep(Workspaces, Programs),
    ];

    private Playbook Wrapper()
    {
        var reading = YamlPlaybookReader.Read(RepositoryFiles.Read("playbooks/wrapper.yml"), ShippedCatalogue.Instance, "wrapper.yml");
        reading.Faults.ShouldBeEmpty();
        return reading.Playbook!;
    }

    [Fact]
    public void Kinds_InTheWrapperPlaybook_HaveTheInputsAndOutputsItUses() =>
        Wrapper().Steps.Count(step => Kinds.Any(kind => kind.Description.Kind == step.Kind)).ShouldBeGreaterThanOrEqualTo(12);

    [Fact]
    public async Task Plans_OfEveryStep_NameTheirCommandsAndNoSecret()
    {
        Release.Secrets["github-token"] = "ghp_0123456789abcdef";
        foreach (var kind in Kinds)
        {
            var step = Wrapper().Steps.First(candidate => candidate.Kind == kind.Description.Kind);
            var inputs = step.Inputs.ToDictionary(input => input.Key, input => input.Value is InputValue.List or InputValue.Flag ? input.Value : new InputValue.Text(
                input.Key == "version" ? "1.2.0" : $"‹{input.Key}›"));
            var plan = await kind.PlanAsync(new PlanContext(Release.Facts, step, new StepInputs(inputs), null), Stop);
            plan.Lines.ShouldNotBeEmpty(step.Id);
            plan.Lines.ShouldAllBe(line => !line.Text.Contains("ghp_", StringComparison.Ordinal));
        }
    }
}
