using ReleaseDashboard.EndToEnd.Tests.Product;

namespace ReleaseDashboard.EndToEnd.Tests.Repositories;

/// <summary>How a package describes itself.</summary>
internal enum PackageStyle
{
    /// <summary><c>setup.py</c> alone, the version in it.</summary>
    Setup,

    /// <summary><c>pyproject.toml</c>, the version as <c>__version__</c> in the package.</summary>
    Pyproject,

    /// <summary><c>setup.py</c>, the version from the git tag by setuptools-scm, which writes it into the package.</summary>
    Scm,
}

/// <summary>A git repository as somebody has it: released as 0.1.0 from main, 0.2.0b1 on dev.</summary>
internal sealed record SmallPackage(string Folder, string Name, PackageStyle Style)
{
    public string Module => Name.Replace('-', '_');

    public string VersionFile => Style switch
    {
        PackageStyle.Setup => "setup.py",
        PackageStyle.Scm => $"{Module}/version.py",
        _ => $"{Module}/__init__.py",
    };

    /// <param name="prepare">Puts more files onto dev.</param>
    public static async Task<SmallPackage> CreateAsync(string parent, string name, PackageStyle style = PackageStyle.Pyproject, Action<SmallPackage>? prepare = null)
    {
        var package = new SmallPackage(Directory.CreateDirectory(Path.Combine(parent, "source-" + name)).FullName, name, style);
        await package.GitAsync("init", "--quiet", "--initial-branch=main");
        package.WriteFiles("0.1.0");
        await package.CommitAsync("Start");
        await package.GitAsync("tag", "--annotate", "--message=0.1.0", "0.1.0");
        await package.GitAsync("switch", "--quiet", "--create", "dev");
        package.WriteFiles("0.2.0b1");
        package.Put("docs/news.md", "More words.\n");
        prepare?.Invoke(package);
        await package.CommitAsync("More words");
        return package;
    }

    public void Put(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public async Task<string> CommitAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--message", message);
        return await GitAsync("rev-parse", "HEAD");
    }

    /// <summary>Sends a branch to the sandbox, as its maintainer does.</summary>
    public async Task PushAsync(Uri sandbox, string repository, string branch, bool force = false)
    {
        var remote = new UriBuilder(new Uri(sandbox, $"/{repository}.git")) { UserName = "maintainer", Password = "sandbox-maintainer-token" }.Uri.AbsoluteUri;
        await GitAsync(["push", "--quiet", .. force ? new[] { "--force" } : [], remote, $"HEAD:refs/heads/{branch}"]);
    }

    public async Task PullAsync(Uri sandbox, string repository, string branch)
    {
        await GitAsync("fetch", "--quiet", new Uri(sandbox, $"/{repository}.git").AbsoluteUri, $"refs/heads/{branch}");
        await GitAsync("reset", "--quiet", "--hard", "FETCH_HEAD");
    }

    public async Task<string> GitAsync(params IReadOnlyList<string> arguments) => (await Tool.RunAsync(Folder, "git", arguments)).Ok();

    private void WriteFiles(string version)
    {
        Put("README.md", $"# {Name}\n\nCounts words.\n");
        Put("tests/__init__.py", "");
        Put("tests/test_words.py", $"import unittest\n\nfrom {Module} import count\n\n\nclass WordsTest(unittest.TestCase):\n    def test_count(self):\n        self.assertEqual(2, count('two words'))\n");
        const string code = "def count(text):\n    return len(text.split())\n\n\ndef main():\n    print(count('three small words'))\n";
        if (Style == PackageStyle.Scm)
        {
            ScmFiles.Write(this);
            return;
        }
        if (Style == PackageStyle.Setup)
        {
            Put($"{Module}.py", code);
            Put("setup.py", $"""
                from setuptools import setup

                setup(
                    name="{Name}",
                    version="{version}",
                    description="Counts words",
                    long_description=open("README.md", encoding="utf-8").read(),
                    long_description_content_type="text/markdown",
                    py_modules=["{Module}"],
                )

                """);
            return;
        }
        Put($"{Module}/__init__.py", $"__version__ = \"{version}\"\n\n\n{code}");
        Put("pyproject.toml", $"""
            [build-system]
            requires = ["setuptools"]
            build-backend = "setuptools.build_meta"

            [project]
            name = "{Name}"
            dynamic = ["version"]
            description = "Counts words"
            readme = "README.md"

            [project.scripts]
            {Name} = "{Module}:main"

            [tool.setuptools]
            packages = ["{Module}"]

            [tool.setuptools.dynamic]
            version = {"{"} attr = "{Module}.__version__" {"}"}

            """);
    }
}
