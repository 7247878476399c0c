using ReleaseDashboard.Web.Components.Commands;
using ReleaseDashboard.Web.Components.Diff;
using ReleaseDashboard.Web.Components.Forms;
using ReleaseDashboard.Web.Components.Graph;
using ReleaseDashboard.Web.Components.Log;
using ReleaseDashboard.Web.Components.Stages;
using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Gallery;

/// <summary>Believable data for the gallery: one release of one package, waiting for its approval.</summary>
public static class GallerySamples
{
    public static readonly IReadOnlyList<StageView> Track =
    [
        new("Prepare", GlyphState.Done, 1, "2 min 10 s"), new("Test and build", GlyphState.Done, 1, "1 min 42 s"),
        new("Review and merge", GlyphState.Done, 1, "7 min 05 s"), new("Upload", GlyphState.You, .58, "3 of 5"),
        new("After release", GlyphState.Todo, 0, "2 steps"),
    ];

    public static readonly IReadOnlyList<StageView> FailedTrack =
        [new("Prepare", GlyphState.Done, 1, "4 min"), new("Build", GlyphState.Failed, .6, "step 4 of 6"), new("Upload", GlyphState.Todo, 0, "3 steps")];

    public static readonly IReadOnlyList<StageView> RunningTrack =
        [new("Prepare", GlyphState.Done, 1, "4 min"), new("Build", GlyphState.Running, .4, "step 2 of 3"), new("Upload", GlyphState.Todo, 0, "3 steps")];

    public static readonly IReadOnlyList<StageStepsView> Rail =
    [
        new("Prepare", [Step("Preflight", GlyphState.Done, "4 s"), Step("Update submodules", GlyphState.Skipped, "skipped"), Step("Set version", GlyphState.Done, "1 s")]),
        new("Test and build", [Step("Run tests", GlyphState.Failed, "38 s"), Step("Build source package", GlyphState.Running, "0:21"), Step("Build images", GlyphState.Waiting, "queued")]),
        new("Upload", [Step("Upload to test index", GlyphState.Reconcile, "look"), Step("Approve publication", GlyphState.You, "you"), Step("Upload to PyPI", GlyphState.Todo, "~5 s"), Step("Announce", GlyphState.Aborted, null, true)]),
    ];

    public static readonly IReadOnlyList<LeadPart> Lead =
    [
        new("Prepare", TimeSpan.FromMinutes(3)), new("Test and build", TimeSpan.FromMinutes(2)), new("Review and merge", TimeSpan.FromMinutes(17)),
        new("Upload", TimeSpan.FromMinutes(5)), new("After release", TimeSpan.FromMinutes(1)),
    ];

    public static readonly IReadOnlyList<WizardStep> Wizard =
    [
        new("Version", GlyphState.Done, "1.2.0, free on all indexes", "/_gallery"), new("Preflight", GlyphState.Done, "14 of 14 passed"),
        new("Plan", GlyphState.Here, "19 steps to read"), new("Start", GlyphState.Todo, "not yet"),
    ];

    public static readonly DiffFile Diff = new("hello_wrapper/config/constants.py",
    [
        new DiffHunk("@@ -11,4 +11,4 @@", [
            new(DiffLineKind.Context, 11, 11, "class ConstantConfig:"), new(DiffLineKind.Context, 12, 12, "    # Shown by --version, read by setup.py"),
            new(DiffLineKind.Removed, 13, null, "    version: str = \"1.2.0b1\""), new(DiffLineKind.Added, null, 13, "    version: str = \"1.2.0\""),
            new(DiffLineKind.Context, 14, 14, "    documentation: str = \"https://docs.example/hello-wrapper\"")]),
    ]);

    public static readonly DiffFile MovedDiff = new("docs/install.md",
    [
        new DiffHunk("@@ -3,1 +3,2 @@", [new(DiffLineKind.Added, null, 3, "Run `pip install hello-wrapper`."), new(DiffLineKind.Added, null, 4, "<script>alert(1)</script> stays text.")]),
    ], OldPath: "INSTALL.md");

    public static readonly IReadOnlyList<CommandView> Commands =
    [
        new("check", CommandKind.Shell, [new("git ls-remote --exit-code origin refs/tags/1.2.0")], Wants: "nothing"),
        new(null, CommandKind.Http, [new("https://pypi.org/pypi/hello-wrapper/1.2.0/json")], Verb: "GET", Wants: "404"),
        new("act", CommandKind.Http, [new("https://api.github.com/repos/example/hello-wrapper/pulls, Authorization: Bearer "), new("never", CommandTokenKind.Secret)], Verb: "POST"),
        new(null, CommandKind.Body, [new("{ \"head\": \"release/1.2.0\", \"base\": \"main\", \"sha\": \""), new("release commit", CommandTokenKind.Later), new("\" }")]),
        new("verify", CommandKind.Shell, [new("git -C images checkout --detach 77ab0e1")], Note: "from 71be04c, 3 commits older"),
        new(null, CommandKind.Shell, [new("git -C resources fetch origin main")], AlreadyDone: "already at 1b9e330, nothing to do"),
    ];

    public static readonly BranchGraphModel Graph = new("main", "dev",
    [
        new(new("1f0b2c3", "Release 1.1.1", "1.1.1"), [], Commits(3)), new(new("77c0a1e", "Release 1.1.2", "1.1.2"), [], Commits(3)),
        new(new("8c15f02", "Release 1.1.3", "1.1.3"), [new("a07d3e1", "Correct the install page")], [.. Commits(13), new("c2f0a16", "Name the new option")]),
    ], "1.2.0");

    public static readonly BranchGraphModel LevelGraph = new("main", "dev", [new(new("8c15f02", "Release 1.1.3", "1.1.3"), [], [])], null);

    public const string Notes = """
        ## What changed
        - **New**: `--json` prints machine readable output, see [the guide](https://docs.example/json)
        - ~~Old~~ option `-j` still works
        - [a trap](javascript:alert(1)) and <img src=x onerror=alert(1)> stay text

        > Read the notes before you update.

        | Platform | State |
        |---|---|
        | amd64 | ready |
        """;

    public static IReadOnlyList<ChecklistItem> Checklist(DateTimeOffset now) =>
    [
        new("constants", "Constants reviewed, the version among them", "maintainer", now.AddMinutes(-14)),
        new("docs", "Documentation matches what changed", "lead", now.AddHours(-2)), new("notes", "Release notes name all major changes"),
    ];

    public static IReadOnlyList<TimelineEntry> Timeline(DateTimeOffset now) =>
    [
        new(now.AddMinutes(-1), null, "Test install verified"), new(now.AddMinutes(-3), "reviewer", "merged pull request #41"),
        new(now.AddMinutes(-16), "maintainer", "finished the checklist"),
    ];

    public static LogBuffer ShortLog()
    {
        var log = new LogBuffer();
        log.Append(["\u001b[34m$ python3 -m venv work/verify\u001b[0m", "\u001b[34m$ pip install --index-url sandbox/test/simple --no-deps hello-wrapper==1.2.0\u001b[0m",
            "Collecting hello-wrapper==1.2.0", "\u001b[2m  Downloading hello_wrapper-1.2.0.tar.gz (48.2 kB)\u001b[0m", "\u001b[1;33mWARNING\u001b[0m cache is off",
            "\u001b[32mSuccessfully installed hello-wrapper-1.2.0\u001b[0m", "\u001b]8;;https://evil.example\u0007hidden link\u001b]8;;\u0007 <b>markup stays text</b>", "\u001b[38;5;208mtest 1\u001b[0m \u001b[38;2;120;200;255mtest 2\u001b[0m \u001b[7minverse\u001b[0m"]);
        return log;
    }

    public static LogBuffer LongLog()
    {
        var log = new LogBuffer();
        log.Append(Enumerable.Range(1, 120_000).Select(i => i % 5000 == 0 ? $"\u001b[31mERROR\u001b[0m test_{i} failed" : $"\u001b[2m[{i % 60:00}]\u001b[0m test_{i} \u001b[32mPASSED\u001b[0m"));
        return log;
    }

    private static StepView Step(string name, GlyphState state, string? note, bool optional = false) =>
        new(name, state, "/_gallery?step=" + name.Replace(' ', '-'), note, optional);

    private static IReadOnlyList<GraphCommit> Commits(int count) => [.. Enumerable.Range(1, count).Select(i => new GraphCommit($"{i:0000000}", $"Commit {i}"))];
}
