using ReleaseDashboard.Core.Diffs;
using ReleaseDashboard.Core.Versions;

namespace ReleaseDashboard.Core.Tests.Versions;

public sealed class VersionTextTests
{
    private static readonly PythonVersion Version = PythonVersion.Parse("1.2.0");

    [Theory]
    [InlineData("class C:\n    version: str = \"1.2.0b1\"  # shown\n", "C.version", "class C:\n    version: str = \"1.2.0\"  # shown\n")]
    [InlineData("version = '1.1'\r\nname = 'x'\r\n", "version", "version = '1.2.0'\r\nname = 'x'\r\n")]
    [InlineData("__version__ = \"0\"", "__version__", "__version__ = \"1.2.0\"")]
    [InlineData("[metadata]\nversion = 1.1.0\n", "version", "[metadata]\nversion = 1.2.0\n")]
    [InlineData("[project]\nversion = \"1.1.0\"\ntarget-version = \"3.9\"\n", "version", "[project]\nversion = \"1.2.0\"\ntarget-version = \"3.9\"\n")]
    [InlineData("setup(\n    version=\"1.1.0\",\n)\n", "version", "setup(\n    version=\"1.2.0\",\n)\n")]
    public void Replace_OneConstant_ChangesItsValueOnly(string text, string attribute, string expected)
    {
        var done = VersionConstant.Replace(text, attribute, Version).ShouldBeOfType<VersionReplacement.Done>();
        done.Text.ShouldBe(expected);
        done.Diff.Added.ShouldBe(1);
        done.Diff.Removed.ShouldBe(1);
        done.Diff.Apply(text).ShouldBe(expected);
    }

    [Fact]
    public void Replace_SeveralOrNone_IsRefusedNamingTheLines()
    {
        var several = VersionConstant.Replace("version = '1'\nx = 2\nversion = '3'\n", "version", Version);
        several.ShouldBeOfType<VersionReplacement.Refused>().Lines.ShouldBe([1, 3]);
        ((VersionReplacement.Refused)several).Reason.ShouldContain("lines 1, 3");
        VersionConstant.Replace("# version = '1'\nmy_version = '2'\n", "version", Version)
            .ShouldBeOfType<VersionReplacement.Refused>().Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Replace_ByPattern_ChangesTheGroup()
    {
        var mention = new VersionMention("tests/t.py", null, "assertEqual\\(\"(.+?)\", C\\.version\\)", VersionExpectation.Next);
        var done = mention.ReplaceIn("x\n  self.assertEqual(\"1.2.0\", C.version)\n", PythonVersion.Parse("1.2.1"))
            .ShouldBeOfType<VersionReplacement.Done>();
        (done.Line, done.Before).ShouldBe((2, "1.2.0"));
        done.Text.ShouldBe("x\n  self.assertEqual(\"1.2.1\", C.version)\n");
    }

    [Fact]
    public void Lint_EachKindOfFinding_IsReported()
    {
        var files = new Dictionary<string, string>
        {
            ["a.py"] = "version = '1.2.0'\n",
            ["b.py"] = "x\nversion = '1.2.0b1'\n",
            ["c.py"] = "version = 'soon'\n",
            ["d.md"] = "nothing here\n",
            ["t.py"] = "expect 1.2.1\nexpect 1.2.0\n",
        };
        VersionMention[] rules =
        [
            new("a.py", "version", null, VersionExpectation.Current), new("b.py", "version", null, VersionExpectation.Current),
            new("c.py", "version", null, VersionExpectation.Current), new("d.md", null, @"Version (\S+)", VersionExpectation.Current),
            new("e.py", "version", null, VersionExpectation.Current), new("a.py", null, "(", VersionExpectation.Current),
            new("t.py", null, @"expect (?<version>\S+)", VersionExpectation.Next),
        ];
        var findings = VersionLint.Check(rules, path => files.GetValueOrDefault(path), Version, PythonVersion.Parse("1.2.1"));
        findings.Select(finding => finding.Agreement).ShouldBe(
        [
            VersionAgreement.Agrees, VersionAgreement.Differs, VersionAgreement.NotAVersion, VersionAgreement.NotFound,
            VersionAgreement.NoFile, VersionAgreement.BadRule, VersionAgreement.Agrees, VersionAgreement.Differs,
        ]);
        findings[1].Message.ShouldBe("b.py:2 says 1.2.0b1, 1.2.0 is expected.");
        findings[7].Line.ShouldBe(2);
    }

    [Fact]
    public void Diff_OfAChangedConstant_MarksTheChangedCharacters()
    {
        var done = (VersionReplacement.Done)VersionConstant.Replace("a\nversion = \"1.2.0b1\"\nb\n", "version", Version);
        var removed = done.Diff.Lines.Single(line => line.Change == LineChange.Removed);
        removed.Text.Substring(removed.Changed[0].Start, removed.Changed[0].Length).ShouldBe("b1");
        removed.OldNumber.ShouldBe(2);
    }
}
