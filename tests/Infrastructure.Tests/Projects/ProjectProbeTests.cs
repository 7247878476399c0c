using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Projects;

namespace ReleaseDashboard.Infrastructure.Tests.Projects;

public sealed class ProjectProbeTests
{
    [Fact]
    public void Look_SetupPy_FindsConstantSubmodulesAndPlaces()
    {
        var probed = Look(new()
        {
            ["setup.py"] = "from setuptools import setup\nsetup(\n    name='Wrapper',\n    version=version)\n",
            ["wrapper/config/constants.py"] = "class Info:\n    version: str = \"4.3.1b2\"\n",
            ["tests/test_version.py"] = "version = '4.3.1'\n",
            [".gitmodules"] = "[submodule \"images\"]\n\tpath = images\n\turl = ../images.git\n",
            ["README.md"] = "Install wrapper 4.3.1b2 now\n",
        });
        probed.Package.ShouldBe("Wrapper");
        (probed.VersionFile, probed.VersionName, probed.Version).ShouldBe(("wrapper/config/constants.py", "version", "4.3.1b2"));
        probed.Submodules.ShouldBe(["images"]);
        probed.TestCommand.ShouldBe(["-m", "unittest", "discover", "-v", "-s", "tests"]);
        var place = probed.VersionPlaces.ShouldHaveSingleItem();
        place.Path.ShouldBe("README.md");
        Regex.Match("Install wrapper 4.3.2 now", place.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value.ShouldBe("4.3.2");
    }

    [Fact]
    public void Look_Pyproject_FindsNameVersionAndPytest()
    {
        var probed = Look(new()
        {
            ["pyproject.toml"] = "[build-system]\nrequires = ['setuptools']\n[project]\nname = \"hello\"\nversion = \"0.2.0\"\n[tool.pytest.ini_options]\n",
            ["hello/__init__.py"] = "\"\"\"Hello.\"\"\"\n",
        });
        (probed.Package, probed.VersionFile, probed.VersionName, probed.Version).ShouldBe(("hello", "pyproject.toml", "version", "0.2.0"));
        probed.TestCommand.ShouldBe(["-m", "pytest"]);
    }

    [Theory]
    [InlineData("setup.py", "setup(name='words', use_scm_version={'write_to': 'words/version.py'})\n", "words/version.py")]
    [InlineData("pyproject.toml", "[project]\nname = 'words'\n[tool.setuptools_scm]\nversion_file = \"src/words/_version.py\"\n", "src/words/_version.py")]
    [InlineData("pyproject.toml", "[project]\nname = 'words'\n[tool.setuptools_scm]\n", null)]
    public void Look_VersionFromTheTag_FindsTheFileThatTheBuildWrites(string path, string text, string? file)
    {
        var probed = Look(new() { [path] = text, ["words/other.py"] = "API_VERSION = \"3.0\"\n" });
        (probed.Package, probed.VersionFromTag, probed.VersionFile, probed.Version).ShouldBe(("words", true, file, null));
    }

    [Fact]
    public void Look_NothingKnown_SaysNothing() =>
        Look(new() { ["main.c"] = "int main;" }).ShouldSatisfyAllConditions(probed => probed.Package.ShouldBeNull(), probed => probed.VersionFile.ShouldBeNull());

    [Fact]
    public void Check_ManyFaults_AreReportedTogether()
    {
        var faults = ProjectSettingsCheck.Faults("Bad Name", "nobody", new ProjectSettings
        {
            GitUrl = "ext::sh -c id", WebUrl = "javascript:1", Package = "-x", VersionFile = "../outside.py", DevBranch = "--all",
            VersionPlaces = [new VersionPlace("/etc/passwd", "(")], Python = "-c", TagName = "v",
        }, allowFile: false);
        string[] settings = ["name", "repository", "gitUrl", "webUrl", "package", "versionFile", "devBranch", "versionPlaces[0].path", "versionPlaces[0].pattern", "python", "tagName"];
        faults.Select(fault => fault[..fault.IndexOf(':', StringComparison.Ordinal)]).Order().ShouldBe(settings.Order());
    }

    private static ProbedProject Look(Dictionary<string, string> files) => ProjectProbe.Look(files.Keys, path => files[path]);
}
