using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Changelog;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Tests.GitHub;

namespace ReleaseDashboard.Infrastructure.Tests.Changelog;

/// <summary>The one place that asks GitHub for notes.</summary>
public sealed class NotesFromGitHubTests
{
    private static readonly CommitSha Commit = CommitSha.Parse(new string('c', 40));
    private static readonly RepositoryName Repository = RepositoryName.Parse("example/tool");

    private static ReleaseFacts Facts(string? last, string package = "tool") => new(
        Guid.Empty, PythonVersion.Parse("1.2.0"), "maintainer", DateTimeOffset.UnixEpoch, Commit.Value, last,
        new Project(Guid.Empty, "example", "example/tool", false, new ProjectSettings { GitUrl = "", WebUrl = "", Package = package, VersionFile = "", TagName = "v{version}" }));

    [Theory]
    [InlineData("1.1.0", "v1.1.0")]
    [InlineData(null, null)]
    public async Task Make_AnyRelease_AsksSinceTheTagOfTheLastOne(string? last, string? since)
    {
        await using var github = (await ScriptedGitHub.StartAsync()).Then(200, """{"name": "1.2.0", "body": "* Greets by name"}""");

        var notes = await NotesFromGitHub.MakeAsync(github.Client(), Repository, Facts(last), TagName.Parse("v1.2.0"), Commit, CancellationToken.None);

        notes.Value.ShouldBe("* Greets by name");
        var asked = github.Seen.ShouldHaveSingleItem();
        asked.Path.ShouldEndWith("/repos/example/tool/releases/generate-notes");
        var body = JsonNode.Parse(asked.Body)!;
        ((string?)body["tag_name"], (string?)body["target_commitish"], (string?)body["previous_tag_name"]).ShouldBe(("v1.2.0", Commit.Value, since));
    }

    [Fact]
    public async Task Make_GitHubMakesNone_SaysWhy()
    {
        await using var github = (await ScriptedGitHub.StartAsync()).Then(422, """{"message": "Validation Failed"}""");

        var notes = await NotesFromGitHub.MakeAsync(github.Client(), Repository, Facts("1.1.0"), TagName.Parse("v1.2.0"), Commit, CancellationToken.None);

        notes.Error.ShouldNotBeNull().Kind.ShouldBe(GitHubFailure.Refused);
    }

    [Theory]
    [InlineData("tool", "tool 1.2.0")]
    [InlineData("", "example 1.2.0")]
    public void Plain_WithOrWithoutAPackage_NamesWhatIsReleased(string package, string text) => NotesFromGitHub.Plain(Facts(null, package)).ShouldBe(text);
}
