using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.GitHub;
using ReleaseDashboard.Infrastructure.Steps.PyPI;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

public sealed class RemotePlanTests : RemoteFixture
{
    [Fact]
    public async Task Upload_Plan_ShowsTheCommandTheAnswersAndNoPassword()
    {
        Release.Secrets["testpypi-password"] = "sandbox-test-token";
        var step = new PyPIUploadStep(Indexes, Processes, Pypirc, TimeProvider.System);

        var plan = await step.PlanAsync(Release.Plan("pypi.upload", null, ("index", "test"), ("file", "tool-1.2.0.tar.gz"), ("sha256", "‹package.sha256›")), Cancel);

        var upload = Release.Settings.TestIndex.Upload;
        plan.Lines.ShouldContain(new PlanLine(PlanPhase.Check, $"GET {Release.Settings.TestIndex.Json}tool/1.2.0/json", "404"));
        plan.Lines.ShouldContain(new PlanLine(
            PlanPhase.Act, $"$ /usr/bin/python3 -m twine upload --non-interactive --disable-progress-bar --verbose --repository-url {upload} dist/tool-1.2.0.tar.gz"));
        plan.Lines.ShouldContain(new PlanLine(PlanPhase.Verify, $"GET {Release.Settings.TestIndex.Json}tool/1.2.0/json", "the same SHA-256"));
        plan.Environment.ShouldBe(["TWINE_USERNAME=__token__", "TWINE_PASSWORD=••••"]);
    }

    [Fact]
    public async Task Merge_Plan_ShowsTheCallWithTheCommitItIsBoundTo()
    {
        var plan = await new MergeStep(Access).PlanAsync(
            Release.Plan("github.merge", null, ("pull_request", "‹pull-request.number›"), ("commit", "‹push.commit›"), ("method", "merge")), Cancel);

        plan.Lines.ShouldContain(new PlanLine(
            PlanPhase.Act, """PUT /repos/example/tool/pulls/‹pull-request.number›/merge {"merge_method":"merge","sha":"‹push.commit›"}"""));
    }

    [Theory]
    [InlineData("test", "pip install --no-cache-dir verify/‹file›")]
    [InlineData("production", "--no-deps --no-cache-dir --require-hashes tool==1.2.0")]
    public async Task Install_Plan_TakesOnlyThePackageFromATestIndex(string index, string command)
    {
        var plan = await new PyPIInstallStep(Indexes, Processes, Workspaces, TimeProvider.System).PlanAsync(
            Release.Plan("pypi.install", null, ("index", index), ("package", "tool"), ("version", "1.2.0"), ("sha256", "‹package.sha256›"), ("smoke_command", new[] { "tool", "--version" })), Cancel);

        plan.Lines.ShouldContain(line => line.Text.Contains(command, StringComparison.Ordinal));
        plan.Lines[^1].ShouldBe(new PlanLine(PlanPhase.Verify, "$ verify/venv/bin/tool --version", "1.2.0"));
        plan.Environment.ShouldContain($"PIP_INDEX_URL={Release.Settings.DependencyIndex}");
    }
}
