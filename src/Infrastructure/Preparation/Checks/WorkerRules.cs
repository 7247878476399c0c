using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Processes;
using static ReleaseDashboard.Infrastructure.Preparation.Checks.ReadinessState;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>Is there a worker, with the tools and the space that a release needs?</summary>
internal static class WorkerRules
{
    private const long Gigabyte = 1L << 30;
    private const long Least = Gigabyte;
    private const long Comfortable = 5 * Gigabyte;
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(30);
    private static readonly ProcessLimits Limits = new() { Timeout = TimeSpan.FromSeconds(20), CaptureLimit = 4096 };

    public static async Task<ReadinessCheck> WorkersAsync(ReadinessScene scene)
    {
        const string id = "workers";
        await using var db = scene.Sources.Ledger.Read();
        var workers = await db.Workers.ToListAsync(scene.Cancellation);
        var alive = workers.Where(worker => scene.Sources.Time.GetUtcNow() - worker.SeenAt < Alive).ToList();
        return alive.Count > 0
            ? new ReadinessCheck(id, alive.Count == 1 ? "A worker is ready" : $"{alive.Count} workers are ready", Ok, string.Join(", ", alive.Select(worker => worker.Name)) + ".")
            : new ReadinessCheck(id, "No worker is running", Blocking, workers.Count == 0 ? "None has ever shown itself." : $"The last was seen at {workers.Max(worker => worker.SeenAt):u}.", "Start a worker: a release would wait without one.");
    }

    public static Task<ReadinessCheck> DiskAsync(ReadinessScene scene)
    {
        const string id = "disk";
        // The folder may be new: asking about one that is not there throws.
        var free = new DriveInfo(Directory.CreateDirectory(scene.Sources.Worker.DataFolder).FullName).AvailableFreeSpace;
        var text = $"{free / (double)Gigabyte:0.0} GB free";
        return Task.FromResult(free switch
        {
            < Least => new ReadinessCheck(id, $"Only {text}", Blocking, "A clone, an environment and a build may not fit in the data folder.", "Free at least 1 GB."),
            < Comfortable => new ReadinessCheck(id, text, Warning, "Enough for a small package.", "Free some space soon."),
            _ => new ReadinessCheck(id, text, Ok, "In the data folder."),
        });
    }

    // Found out at the build, it would be too late: the package is published by then.
    public static async Task<ReadinessCheck> EngineAsync(ReadinessScene scene)
    {
        const string id = "engine";
        var engine = await scene.Sources.Engine.VersionAsync(scene.Cancellation);
        return engine.IsOk
            ? new ReadinessCheck(id, "The Docker Engine answers", Ok, $"{scene.Sources.Engine.Address}: {engine.Value.Version} for {engine.Value.Os}/{engine.Value.Arch}.")
            : new ReadinessCheck(id, "The Docker Engine does not answer", Blocking, engine.Error.Message, engine.Error.WhatToDo);
    }

    public static async Task<ReadinessCheck> ToolsAsync(ReadinessScene scene)
    {
        const string id = "tools";
        var python = scene.Settings.Python;
        (string Name, string Program, string[] Arguments)[] tools =
        [
            ("git", "git", ["--version"]),
            ("Python", python, ["--version"]),
            ("venv", python, ["-c", "import venv, ensurepip; print('venv with pip', ensurepip.version())"]),
            .. NeedsBuild(scene) ? new[] { ("build", python, new[] { "-m", "build", "--version" }) } : [],
            ("twine", python, ["-m", "twine", "--version"]),
        ];
        var found = await Task.WhenAll(tools.Select(async tool => (tool.Name, Version: await VersionAsync(scene, tool.Program, tool.Arguments))));
        var missing = found.Where(tool => tool.Version is null).Select(tool => tool.Name).ToList();
        return missing.Count == 0
            ? new ReadinessCheck(id, "Tools found: " + string.Join(", ", found.Select(tool => tool.Name)), Ok, string.Join("; ", found.Select(tool => tool.Version)))
            : new ReadinessCheck(id, $"Missing here: {string.Join(", ", missing)}", Blocking, $"Looked for with {python}." + string.Concat(found.Where(tool => tool.Version is not null).Select(tool => $" Found {tool.Version}.")),
                "Install what is missing (Debian: git, python3-venv, python3-build, twine), or choose another interpreter in the project's settings.", Fix: new(FixPlace.Settings, "Open settings", "python"));
    }

    private static bool NeedsBuild(ReadinessScene scene) => scene.Settings.BuildCommand is ["-m", "build", ..];

    /// <summary>The first thing that the tool says about itself, or null when it does not run.</summary>
    private static async Task<string?> VersionAsync(ReadinessScene scene, string program, IReadOnlyList<string> arguments)
    {
        var folder = Directory.CreateDirectory(scene.Sources.Worker.DataFolder).FullName;
        var outcome = await scene.Sources.Runner.RunAsync(new ProcessCommand(program, arguments, folder), OutputSinks.None, Limits, null, scene.Cancellation, CancellationToken.None);
        scene.Cancellation.ThrowIfCancellationRequested();
        // What stands in brackets behind is where it is and what it uses.
        return outcome.Succeeded ? outcome.Captured.Split('\n')[0].Split('(')[0].Trim() is { Length: > 0 } line ? line : program : null;
    }
}
