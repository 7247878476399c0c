using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Python;
using ReleaseDashboard.Infrastructure.Steps.Python;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.PyPI;

/// <summary>The folders of one install, apart for each index.</summary>
internal sealed record InstallPlace(string Workspace, string Index)
{
    public string Folder => Path.Combine(Workspace, $"verify-{Index}");

    public string Environment => Path.Combine(Folder, "venv");

    public string Program(string name) => Path.Combine(Environment, "bin", name);

    /// <summary>Empty: the command run there finds the installed package, not the checkout.</summary>
    public string Empty => Path.Combine(Folder, "empty");

    /// <summary>Names the one file that pip may install, by its hash.</summary>
    public string Pinned => Path.Combine(Folder, "release.txt");

    public string Download(string fileName) => Path.Combine(Folder, Path.GetFileName(fileName));

    public void Clear()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Empty);
    }
}

/// <summary>
/// The commands of an install. pip gives one index to the package, its dependencies and its build tools alike, and a test index
/// has neither of the latter: there the file is fetched and compared first, and pip gets it with the ordinary index.
/// </summary>
internal static class InstallPlan
{
    public static IEnumerable<ProcessCommand> Commands(StepContext context, InstallPlace place, IndexChoice index, string fileName)
    {
        var settings = context.Facts.Project.Settings;
        var variables = PythonVariables.For(context.Facts);
        ProcessCommand Run(string program, params string[] arguments) => new(program, arguments, place.Folder, variables);
        string[] withoutDependencies = settings.Requirements is null ? [] : ["--no-deps"];

        yield return Run(settings.Python, "-m", "venv", place.Environment);
        if (settings.Requirements is { } requirements)
            yield return Run(place.Program("python"), "-m", "pip", "install", "--no-cache-dir", "--requirement", RequirementsOf(context.Workspace, requirements));
        if (index.IsOrdinary(settings))
        {
            // Hashes are asked of everything in the call, so the dependencies come in one of their own.
            File.WriteAllText(place.Pinned, $"{context.Inputs.Required("package")}=={context.Inputs.Required("version")} --hash=sha256:{context.Inputs.Required("sha256")}\n");
            yield return Run(place.Program("python"), "-m", "pip", "install", "--no-cache-dir", "--no-deps", "--require-hashes", "--index-url", index.Index.SimpleUrl.AbsoluteUri, "--requirement", place.Pinned);
            if (settings.Requirements is null)
                yield return Run(place.Program("python"), "-m", "pip", "install", "--no-cache-dir", $"{context.Inputs.Required("package")}=={context.Inputs.Required("version")}");
        }
        else
        {
            yield return Run(place.Program("python"), ["-m", "pip", "install", "--no-cache-dir", .. withoutDependencies, place.Download(fileName)]);
        }
    }

    /// <summary>The project's command with the program of the environment; without one, the version that is installed is asked for.</summary>
    public static ProcessCommand Smoke(StepContext context, InstallPlace place)
    {
        var variables = PythonVariables.For(context.Facts);
        return context.Inputs.List("smoke_command") is { Count: > 0 } command
            ? new ProcessCommand(place.Program(Path.GetFileName(command[0])), [.. command.Skip(1)], place.Empty, variables)
            : new ProcessCommand(
                place.Program("python"),
                ["-c", "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))", context.Inputs.Required("package")],
                place.Empty,
                variables);
    }

    /// <summary>For people, before anything runs.</summary>
    public static StepPlan Of(ProjectSettings settings, StepInputs inputs)
    {
        var index = IndexChoice.Of(inputs, settings);
        var (package, version) = (inputs.Text("package") ?? settings.Package, inputs.Text("version") ?? "");
        var dependencies = settings.Requirements is null ? "" : "--no-deps ";
        var lines = new List<PlanLine> { new(PlanPhase.Act, $"$ {settings.Python} -m venv verify/venv") };
        if (settings.Requirements is { } requirements)
            lines.Add(new PlanLine(PlanPhase.Act, $"$ verify/venv/bin/pip install --requirement {requirements}"));
        if (index.IsOrdinary(settings))
        {
            lines.Add(new PlanLine(PlanPhase.Act, $"$ verify/venv/bin/pip install --index-url {index.Index.SimpleUrl} --no-deps --no-cache-dir --require-hashes {package}=={version}", "the same SHA-256"));
        }
        else
        {
            lines.Add(new PlanLine(PlanPhase.Act, $"GET {index.Index.SimpleUrl}{PackageName.Normalize(package)}/ and the file", "the same SHA-256"));
            lines.Add(new PlanLine(PlanPhase.Act, $"$ verify/venv/bin/pip install {dependencies}--no-cache-dir verify/‹file›"));
        }

        var command = inputs.List("smoke_command") is { Count: > 0 } smoke ? CommandText.Display(smoke[0], smoke.Skip(1)) : $"python -c ‹version of {package}›";
        lines.Add(new PlanLine(PlanPhase.Verify, $"$ verify/venv/bin/{command}", version));
        return new StepPlan(lines, []) { Environment = PythonVariables.Shown(settings) };
    }

    // The file as it is at the released commit.
    private static string RequirementsOf(string workspace, string requirements)
    {
        var checkout = Path.Combine(workspace, "build");
        var path = Path.GetFullPath(requirements, checkout);
        return path.StartsWith(checkout + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"'{requirements}' leaves the repository.", nameof(requirements));
    }
}
