using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Projects.Proposals;

namespace ReleaseDashboard.Infrastructure.Tests.Projects;

public sealed class ReleaseHintsTests
{
    [Fact]
    public void TestsVersion_OneComparison_IsFoundWithAPatternForOthers()
    {
        const string test = "class T:\n    def test_version(self):\n        self.assertEqual(\"1.2.0\", Config.version)\n";
        var found = ReleaseHints.TestsVersion(Files(("tests/test_a.py", test)))!.Value;
        (found.Path, found.Line).ShouldBe(("tests/test_a.py", 3));
        Regex.Match(test.Replace("1.2.0", "1.3.0b2", StringComparison.Ordinal), found.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value.ShouldBe("1.3.0b2");
    }

    [Fact]
    public void TestsVersion_TwoComparisons_IsLeftToAPerson() =>
        ReleaseHints.TestsVersion(Files(("tests/a.py", "version = '1.2.0'\n"), ("tests/b.py", "version = '1.2.0'\n"))).ShouldBeNull();

    [Theory]
    [InlineData("pyproject.toml", "[project.scripts]\nhello = \"hello.cli:main\"\n")]
    [InlineData("setup.cfg", "[options.entry_points]\nconsole_scripts =\n    hello = hello.cli:main\n")]
    [InlineData("setup.py", "setup(entry_points={'console_scripts': ['hello=hello.cli:main']})\n")]
    public void VersionCommand_ProgramThatTakesIt_IsFound(string path, string text)
    {
        ReleaseHints.VersionCommand(Files((path, text), ("hello/cli.py", "parser.add_argument(\"--version\")\n"))).ShouldBe(("hello", path));
        ReleaseHints.VersionCommand(Files((path, text), ("hello/cli.py", "pass\n"))).ShouldBeNull();
    }

    private static RepositoryFiles Files(params (string Path, string Text)[] files) =>
        new(["dev"], "dev", CommitSha.Parse(new string('a', 40)), [.. files.Select(file => file.Path)], path => files.First(file => file.Path == path).Text, []);
}
