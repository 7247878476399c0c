using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.TestSupport.Scenario;

/// <summary>What the steps of the wrapper playbook prove and print when all goes well.</summary>
internal static class WrapperStory
{
    private const string Merge = "4be91d7a03c5e8f16b2d94a7708c31f5e2a96d40";
    private const string OldPin = "5c74bf4d2e3f405162738495a6b7c8d9e0f1a2b3";
    private const string NewPin = "81193ab0c1d2e3f405162738495a6b7c8d9e0f1a";
    private const string Release = "c2f0a16be7d34981a5c60f27b9e8143d5a7cf092";
    private const string Sha256 = "9f2c1e77b0a452d1aa01c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d6e0bd913";
    private const string Blue = "\u001b[34m", Green = "\u001b[32m", Dim = "\u001b[90m", Plain = "\u001b[0m";

    public static Evidence Evidence(StepContext context)
    {
        var (version, web) = (context.Facts.Version.ToString(), context.Facts.Project.Settings.WebUrl);
        var file = $"hello_wrapper-{version}.tar.gz";
        return Core.Steps.Evidence.Of(context.Definition.Id switch
        {
            "update" => [Commit("commit", context.Facts.BaseCommit), Commit("main_after", "77ab01d2c3e4f5061728394a5b6c7d8e9f0a1b2c")],
            "submodules" => [Text("images", $"{OldPin} → {NewPin} (head of main, 3 new commits)"), Text("resources", $"{OldPin} (head of main, unchanged)"), Text("pins", $"images={NewPin}, resources={OldPin}"), Text("changed", "1")],
            "set-version" => [Text("before", $"{version}b1"), Text("after", version), new("file", EvidenceKind.File, "hello_wrapper/config/constants.py:11"), new("diff", EvidenceKind.Diff, Diff(version))],
            "lint" => [Text("places", "4"), new("docs/index.md", EvidenceKind.Check, $"agrees: {version}"), new("setup.py", EvidenceKind.Check, $"agrees: {version}")],
            "commit" or "commit-updates" or "push" => [Commit("commit", Release)],
            "test" => [Commit("commit", Release), Text("tests", "214"), new("tests_passed", EvidenceKind.Check, "214 tests passed on c2f0a16")],
            "package" => [new("file", EvidenceKind.File, file), new("sha256", EvidenceKind.Sha256, Sha256), Text("size", "48213"), Commit("commit", Release), new("twine", EvidenceKind.Check, "twine check --strict passed")],
            "pull-request" => [new("number", EvidenceKind.Text, "41", $"{web}/pull/41"), new("url", EvidenceKind.Link, $"{web}/pull/41", $"{web}/pull/41"), Commit("head", Release)],
            "checks" => [new("checks", EvidenceKind.Check, "6 of 6 passed", $"{web}/pull/41/checks"), Text("passed", "6")],
            "wait-review" => [new("reviewed_by", EvidenceKind.Text, "reviewer", $"{web}/pull/41")],
            "merge" => [new("commit", EvidenceKind.Commit, Merge, $"{web}/commit/{Merge}"), new("merged", EvidenceKind.Link, "#41 into main", $"{web}/pull/41")],
            "upload-test" => [new("test_index", EvidenceKind.Check, "same bytes"), new("file", EvidenceKind.File, file, $"https://test.index.example/{file}")],
            "install-test" or "install" => [new("smoke", EvidenceKind.Check, $"`hello-wrapper --version` says {version}")],
            "upload" or "verify" => [new("file", EvidenceKind.File, file, $"https://index.example/project/hello-wrapper/{version}/"), new("sha256", EvidenceKind.Sha256, Sha256)],
            "tag" => [new("tag", EvidenceKind.Text, version, $"{web}/tree/{version}"), Commit("commit", Merge)],
            "github-release" => [new("url", EvidenceKind.Link, $"{web}/releases/tag/{version}", $"{web}/releases/tag/{version}"), Text("latest", "yes")],
            "fast-forward" => [Commit("commit", Merge), Commit("branch_commit", Merge), Commit("same_as_commit", Merge)],
            "next-version" => [Commit("commit", "0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e"), Text("after", context.Inputs.Text("version") ?? "")],
            _ => [],
        });
    }

    public static IReadOnlyList<string> Log(StepContext context)
    {
        var version = context.Facts.Version.ToString();
        return context.Definition.Id switch
        {
            "test" => [$"{Blue}$ git worktree add --detach test c2f0a16{Plain}", $"{Blue}$ python3 -m unittest discover -v -s tests{Plain}", .. Enumerable.Range(1, 24).Select(number => $"test_greeting_{number:00} (tests.test_greeting.GreetingTest) ... {Green}ok{Plain}")],
            "install-test" =>
            [
                $"{Blue}$ python3 -m venv work/verify{Plain}",
                $"{Blue}$ pip install --index-url https://test.index.example/simple --no-deps hello-wrapper=={version}{Plain}",
                $"Collecting hello-wrapper=={version}",
                $"{Dim}  Downloading hello_wrapper-{version}.tar.gz (48.2 kB){Plain}",
                $"{Green}Successfully installed hello-wrapper-{version}{Plain}",
                $"{Blue}$ hello-wrapper --version{Plain}",
                version,
            ],
            var id => [$"{Blue}$ {id.Replace('-', ' ')} --version {version}{Plain}", "looked before, acted, looked again", $"{Green}done{Plain}"],
        };
    }

    private static EvidenceItem Text(string name, string value) => new(name, EvidenceKind.Text, value);

    private static EvidenceItem Commit(string name, string sha) => new(name, EvidenceKind.Commit, sha);

    private static string Diff(string version) => $"""
        diff --git a/hello_wrapper/config/constants.py b/hello_wrapper/config/constants.py
        index 3f1c2aa..8b7e0d1 100644
        --- a/hello_wrapper/config/constants.py
        +++ b/hello_wrapper/config/constants.py
        @@ -8,7 +8,7 @@ class ConstantConfig:
             # Name that the package has everywhere
             name: str = "hello-wrapper"
             # Set by the release, never by hand
        -    version: str = "{version}b1"
        +    version: str = "{version}"
             # Where the documentation is
             documentation: str = "https://hello.example/docs"

        """;
}
