using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Projects.Proposals;

/// <summary>Turns the files of a repository into proposed settings, each with the place it was found at.</summary>
internal sealed class ProposalFinder
{
    private readonly RepositoryFiles _files;
    private readonly Dictionary<string, string> _found = [];
    private readonly List<MissingSetting> _missing = [];

    private ProposalFinder(RepositoryFiles files) => _files = files;

    public static ProjectProposal Propose(string repository, ProjectSettings remotes, RepositoryFiles files) => new ProposalFinder(files).Find(repository, remotes);

    private ProjectProposal Find(string repository, ProjectSettings remotes)
    {
        var probed = ProjectProbe.Look(_files.Paths.ToHashSet(), _files.Read);
        var settings = Tests(Version(Branches(remotes), probed), probed);
        settings = Install(settings with { Package = Package(probed), Submodules = Submodules() });
        var name = repository[(repository.IndexOf('/', StringComparison.Ordinal) + 1)..].ToLowerInvariant();
        return new ProjectProposal(name, settings, _found, _missing, _files.Branch, _files.Commit.Value, probed.Version);
    }

    private ProjectSettings Branches(ProjectSettings settings)
    {
        var (main, dev) = (RepositoryFiles.Main(_files.Branches), RepositoryFiles.Dev(_files.Branches));
        if (main is null)
            Miss("mainBranch", "There is no branch main or master. Name the branch that is released.");
        else
            _found["mainBranch"] = "a branch of the repository";
        if (dev is null)
            Miss("devBranch", "There is no development branch. A release starts from one and is merged into the released branch: create dev, or name yours.");
        else
            _found["devBranch"] = "a branch of the repository";
        return settings with { MainBranch = main ?? settings.MainBranch, DevBranch = dev ?? settings.DevBranch };
    }

    private string Package(ProbedProject probed)
    {
        if (probed.Package is { } package)
        {
            _found["package"] = probed.PackageFile!;
            return package;
        }

        Miss("package", "Neither pyproject.toml nor setup.cfg nor setup.py names the package. Write its name as the index has it.");
        return "";
    }

    private ProjectSettings Version(ProjectSettings settings, ProbedProject probed)
    {
        if (probed.VersionFromTag)
        {
            _found["versionFromTag"] = "setuptools-scm takes it from the tag";
            if (probed.VersionFile is not null)
                _found["versionFile"] = "the build writes it";
            // The playbook for such a package publishes both.
            _found["buildCommand"] = _found["sourceOnly"] = "source package and wheel";
            return settings with { VersionFromTag = true, VersionFile = probed.VersionFile ?? "", BuildCommand = ["-m", "build"], SourceOnly = false };
        }
        if (probed.VersionFile is null)
        {
            Miss("versionFile", "No module sets a version to a text such as \"1.2.0\". Name the file and the constant that hold it: the release writes the version there.");
            return settings;
        }

        _found["versionFile"] = _found["versionName"] = $"it says {probed.Version}";
        if (probed.VersionPlaces.Count > 0)
            _found["versionPlaces"] = $"{Count(probed.VersionPlaces.Count, "document")} with the version";
        return settings with { VersionFile = probed.VersionFile, VersionName = probed.VersionName!, VersionPlaces = probed.VersionPlaces };
    }

    private ProjectSettings Tests(ProjectSettings settings, ProbedProject probed)
    {
        if (_files.Paths.Any(ProjectProbe.IsTestModule))
            _found["testCommand"] = probed.TestCommand.Contains("pytest") ? "the repository configures pytest" : "the folder of the tests";
        else
            Miss("testCommand", "There are no tests. The release runs them before it builds: write the arguments that do.");
        settings = settings with
        {
            TestCommand = probed.TestCommand,
            TestRequirements = probed.TestCommand.Contains("pytest") ? ["pytest"] : settings.TestRequirements,
        };
        if (ReleaseHints.TestsVersion(_files) is not { } test)
            return settings;
        _found["testsVersionFile"] = _found["testsVersionPattern"] = $"line {test.Line} compares the version";
        return settings with { TestsVersionFile = test.Path, TestsVersionPattern = test.Pattern };
    }

    private ProjectSettings Install(ProjectSettings settings)
    {
        var requirements = ReleaseHints.RuntimeRequirements(_files);
        if (requirements is not null)
            _found["requirements"] = "a file of the repository";
        var command = ReleaseHints.VersionCommand(_files);
        if (command is { } program)
            _found["smokeCommand"] = $"{program.Path}, and a module takes --version";
        else
            Miss("smokeCommand", "No program of the package takes --version. Without a command the release only shows that the package installs.", blocks: false);
        return settings with { Requirements = requirements, SmokeCommand = command is { } found ? [found.Program, "--version"] : [] };
    }

    private IReadOnlyList<SubmoduleBranch> Submodules()
    {
        if (_files.Submodules.Count > 0)
            _found["submodules"] = _files.Submodules.All(module => module.Branch is not null) ? ".gitmodules" : ".gitmodules; where it names no branch, main";
        return [.. _files.Submodules.Select(module => new SubmoduleBranch(module.Path, module.Branch?.Value ?? "main"))];
    }

    private void Miss(string key, string text, bool blocks = true) => _missing.Add(new MissingSetting(key, text, blocks));

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
