using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.Import;
using ReleaseDashboard.Sandbox.State;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Import;

public sealed class RepositoryImportTests : IAsyncLifetime
{
    private RunningSandbox sandbox = null!;
    private string source = null!;

    private RepositoryImport Importer => sandbox.Application.Services.GetRequiredService<RepositoryImport>();

    private SandboxRepositories Repositories => sandbox.Application.Services.GetRequiredService<SandboxRepositories>();

    public async ValueTask InitializeAsync()
    {
        sandbox = await RunningSandbox.StartAsync();
        source = sandbox.Sub("source");
        await GitAsync("init", "--quiet", "--initial-branch=trunk");
        await File.WriteAllTextAsync(Path.Combine(source, ".gitmodules"),
            "[submodule \"a\"]\n\tpath = a\n\turl = ../part.git\n[submodule \"b\"]\n\tpath = b\n\turl = https://elsewhere.example/b.git\n");
        await GitAsync("add", ".");
        await GitAsync("commit", "--quiet", "--message", "first");
        await GitAsync("tag", "--annotate", "1.0", "--message", "1.0");
        await GitAsync("branch", "feature/x");
    }

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task Import_Path_BringsAllBranchesAndTags()
    {
        var hook = Path.Combine(source, ".git/hooks/post-checkout");
        await File.WriteAllTextAsync(hook, "#!/bin/sh\ntouch " + sandbox.Sub("home") + "/hook-ran\n");
        (await sandbox.Tool.RunAsync(source, "chmod", "+x", hook)).Succeeded();

        var imported = (await Importer.ImportAsync("acme/tool", source)).ShouldBeOfType<ImportResult.Imported>();

        imported.DefaultBranch.ShouldBe("trunk");
        imported.Branches.ShouldBe(["feature/x", "trunk"]);
        imported.Tags.ShouldBe(["1.0"]);
        var repository = Repositories.Find("acme", "tool")!;
        repository.State.DefaultBranch.ShouldBe("trunk");
        (await repository.Git.RefAsync("refs/tags/1.0"))!.Type.ShouldBe("tag");
        (await repository.Git.RefAsync("refs/heads/trunk"))!.Commit.ShouldBe(await GitAsync("rev-parse", "HEAD"));
        File.Exists(Path.Combine(sandbox.Sub("home"), "hook-ran")).ShouldBeFalse();
        Directory.EnumerateFileSystemEntries(sandbox.Sub("data/importing")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_Submodules_AreNotedUntilTheyAreThere()
    {
        var imported = (await Importer.ImportAsync("acme/tool", source)).ShouldBeOfType<ImportResult.Imported>();

        imported.Submodules.ShouldBe(
        [
            new ImportedSubmodule("a", "../part.git", "acme/part", Present: false),
            new ImportedSubmodule("b", "https://elsewhere.example/b.git", FullName: null, Present: false),
        ]);
        imported.Notes.Count.ShouldBe(2);
        imported.Notes[0].ShouldContain("acme/part");

        (await Importer.ImportAsync("acme/part", source)).ShouldBeOfType<ImportResult.Imported>();
        (await Importer.ImportAsync("acme/again", source)).ShouldBeOfType<ImportResult.Imported>().Notes.ShouldHaveSingleItem().ShouldContain("elsewhere");
    }

    [Fact]
    public async Task Import_Address_BringsTheSameRefsAndIsNoEffect()
    {
        await Importer.ImportAsync("acme/tool", source);

        (await Importer.ImportAsync("acme/copy", $"{sandbox.Address}/acme/tool.git")).ShouldBeOfType<ImportResult.Imported>().DefaultBranch.ShouldBe("trunk");

        (await Repositories.Find("acme", "copy")!.Git.RefsAsync()).ShouldBe(await Repositories.Find("acme", "tool")!.Git.RefsAsync());
        await sandbox.RestartAsync();
        sandbox.Application.Effects.Read().ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_NameThatExists_IsRefused()
    {
        await Importer.ImportAsync("acme/tool", source);

        (await Importer.ImportAsync("acme/tool", source)).ShouldBeOfType<ImportResult.Refused>().Reason.ShouldContain("already");
    }

    [Theory]
    [InlineData("ext::sh -c true")]
    [InlineData("ssh://git@host.example/a.git")]
    [InlineData("git@host.example:a.git")]
    [InlineData("--upload-pack=true")]
    [InlineData("file:///etc")]
    [InlineData("https://user:secret@host.example/a.git")]
    [InlineData("/nonexistent")]
    [InlineData("")]
    public async Task Import_Source_ThatIsNotAllowed_IsRefused(string from)
    {
        var reason = (await Importer.ImportAsync("acme/tool", from)).ShouldBeOfType<ImportResult.Refused>().Reason;

        reason.ShouldNotContain("secret");
        Repositories.Find("acme", "tool").ShouldBeNull();
    }

    [Theory]
    [InlineData("-acme/tool")]
    [InlineData("acme/-tool")]
    [InlineData("acme")]
    [InlineData("acme/../tool")]
    [InlineData("acme/..")]
    public async Task Import_Name_ThatIsNone_IsRefused(string name) =>
        (await Importer.ImportAsync(name, source)).ShouldBeOfType<ImportResult.Refused>().Reason.ShouldContain("name");

    [Fact]
    public async Task Import_FolderWithoutRepository_IsRefusedWithGitsReason()
    {
        (await Importer.ImportAsync("acme/tool", sandbox.Sub("empty"))).ShouldBeOfType<ImportResult.Refused>().Reason.ShouldContain("git could not fetch");
        Repositories.Find("acme", "tool").ShouldBeNull();
    }

    private async Task<string> GitAsync(params string[] arguments) =>
        (await sandbox.Tool.RunAsync(source, "git", arguments)).Succeeded().Output.Trim();
}
