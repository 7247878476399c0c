using System.Diagnostics;
using System.Formats.Tar;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Tests.Clients;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>What of a folder is sent to a build.</summary>
public sealed class BuildContextTests : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private void Put(string path, string text = "x")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(path))!);
        File.WriteAllText(folder.At(path), text);
    }

    private async Task<byte[]> PackAsync(string dockerfile = "FROM scratch\n")
    {
        using var target = new MemoryStream();
        await BuildContext.Of(folder.Path, dockerfile, Time).Value.WriteAsync(target, Stop);
        return target.ToArray();
    }

    private async Task<IReadOnlyList<TarEntry>> EntriesAsync()
    {
        using var tar = new TarReader(new MemoryStream(await PackAsync()));
        var entries = new List<TarEntry>();
        while (await tar.GetNextEntryAsync(copyData: true, Stop) is { } entry)
            entries.Add(entry);
        return entries;
    }

    private async Task<IEnumerable<string>> NamesAsync() =>
        (await EntriesAsync()).Select(entry => entry.Name).Where(name => !name.StartsWith(".docker", StringComparison.Ordinal));

    [Fact]
    public async Task Pack_SameFilesMadeInAnotherOrderAndTime_AreTheSameBytes()
    {
        Put("b/2");
        Put("a");
        Put("b/1");
        var first = await PackAsync();
        File.Delete(folder.At("a"));
        Put("a");
        File.SetLastWriteTimeUtc(folder.At("b", "1"), Time.UtcDateTime.AddYears(-3));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.At("b", "2"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        (await PackAsync()).ShouldBe(first);
        (await PackAsync("FROM other\n")).ShouldNotBe(first);
    }

    [Fact]
    public async Task Pack_Modes_AreThoseOfGit()
    {
        Put("program");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.At("program"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Put("text");
        var entries = await EntriesAsync();
        ((int)entries.Single(entry => entry.Name == "program").Mode).ShouldBe(493); // 0755
        ((int)entries.Single(entry => entry.Name == "text").Mode).ShouldBe(420); // 0644
        entries.ShouldAllBe(entry => entry.ModificationTime == Time && entry.Uid == 0 && entry.Gid == 0);
    }

    [Fact]
    public async Task Pack_LinkOutOfTheFolder_IsPackedAsALinkOnly()
    {
        using var outside = new TemporaryFolder();
        File.WriteAllText(outside.At("secret"), "secret");
        Directory.CreateSymbolicLink(folder.At("folder"), outside.Path);
        File.CreateSymbolicLink(folder.At("file"), outside.At("secret"));
        var entries = await EntriesAsync();
        entries.Single(entry => entry.Name == "folder").EntryType.ShouldBe(TarEntryType.SymbolicLink);
        entries.Single(entry => entry.Name == "file").EntryType.ShouldBe(TarEntryType.SymbolicLink);
        entries.ShouldNotContain(entry => entry.Name.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pack_Pipe_IsRefusedAndNotWaitedFor()
    {
        using (var made = Process.Start("mkfifo", [folder.At("pipe")]))
            await made.WaitForExitAsync(Stop);
        (await Should.ThrowAsync<BuildContextException>(PackAsync())).Message.ShouldContain("pipe");
    }

    [Fact]
    public void Context_IgnoreFileThatIsALink_IsRefused()
    {
        File.CreateSymbolicLink(folder.At(".dockerignore"), "/etc/passwd");
        BuildContext.Of(folder.Path, "FROM scratch\n", Time).Error!.Message.ShouldContain(".dockerignore");
    }

    [Fact]
    public async Task Pack_IgnoredFolderWithAnException_HoldsOnlyTheException()
    {
        Put(".dockerignore", "# comment\n.git\ndist/*\n!dist/keep.whl\n**/*.pyc\n");
        Put(".git/config");
        Put("dist/old.whl");
        Put("dist/keep.whl");
        Put("src/deep/a.pyc");
        Put("a.pyc");
        Put("src/a.py");
        (await NamesAsync()).ShouldBe(["dist/", "dist/keep.whl", "src/", "src/a.py", "src/deep/"]);
    }

    [Theory]
    [InlineData("*", "a", true)]
    [InlineData("*", "a/b", true)]
    [InlineData("a", "a/b/c", true)]
    [InlineData("a", "b/a", false)]
    [InlineData("**/a", "a", true)]
    [InlineData("**/a", "x/y/a", true)]
    [InlineData("*/a", "x/a", true)]
    [InlineData("*/a", "x/y/a", false)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("/a", "a", true)]
    [InlineData("./a/../b", "b", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[^a-c]x", "bx", false)]
    [InlineData("a\\*", "a*", true)]
    [InlineData("a\\*", "ab", false)]
    [InlineData("*.md\n!README.md", "README.md", false)]
    [InlineData("*.md\n!README.md\nREADME*", "README.md", true)]
    [InlineData("*\n!src", "src/a/b", false)]
    [InlineData("  a  ", "a", true)]
    [InlineData("#a", "#a", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("!a", "b", false)]
    public void Rules_LikeDockers_DecideTheSame(string rules, string path, bool ignored) => DockerIgnore.Parse(rules).IsIgnored(path).ShouldBe(ignored);
}
