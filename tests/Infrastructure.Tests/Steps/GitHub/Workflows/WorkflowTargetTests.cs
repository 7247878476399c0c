using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Steps.GitHub.Workflows;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.GitHub.Workflows;

public sealed class WorkflowTargetTests
{
    private const string Commit = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567";

    [Theory]
    [InlineData("Migrate 1.2.0", true)]
    [InlineData("Migrate images: 1.2.0 (0a1b2c3)", true)]
    [InlineData("1.2.0@0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", true)]
    [InlineData("Migrate 1.2.0b1", false)]
    [InlineData("Migrate 11.2.0", false)]
    [InlineData("Migrate v1.2.0", false)]
    [InlineData("Migrate 1.2.0 (ffffff1)", false)]
    [InlineData("Migrate images", false)]
    [InlineData("", false)]
    public void IsNamedBy_TitleOfARun_IsThisReleaseOnlyWhenItNamesTagAndNoOtherCommit(string title, bool own)
    {
        var target = new WorkflowTarget(RepositoryName.Parse("example/tools"), "migrate.yml", CommitSha.Parse(Commit), "1.2.0");
        var run = new GitHubWorkflowRun(1, "Migrate", title, ".github/workflows/migrate.yml", Commit, "main", "workflow_dispatch", "completed", "success", 1, "https://git.example/run", DateTimeOffset.UnixEpoch);

        target.IsNamedBy(run).ShouldBe(own);
    }
}
