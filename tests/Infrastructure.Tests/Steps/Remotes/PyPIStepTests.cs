using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.People;
using ReleaseDashboard.Infrastructure.Steps.PyPI;
using ReleaseDashboard.Sandbox.Faults;
using ReleaseDashboard.TestSupport.Steps;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

/// <summary>The real twine and pip against the simulated indexes.</summary>
public sealed class PyPIStepTests : RemoteFixture
{
    private SmallPackage package = null!;

    private PyPIUploadStep Upload => new(Indexes, Processes, Pypirc, TimeProvider.System) { Patience = TimeSpan.FromSeconds(3) };

    private PyPIVerifyStep Verify => new(Indexes, TimeProvider.System);

    private PyPIInstallStep Install => new(Indexes, Processes, Workspaces, TimeProvider.System) { Patience = TimeSpan.FromSeconds(3) };

    private StepContext Uploading(string index = "test")
    {
        package ??= SmallPackage.Write(Workspace);
        Release.Secrets.TryAdd(SecretName.TestIndexPassword, "sandbox-test-token");
        Release.Secrets.TryAdd(SecretName.ProductionIndexPassword, "sandbox-production-token");
        return Release.Build("pypi.upload", ("index", index), ("file", package.File), ("sha256", package.Sha256));
    }

    private StepContext Asking(string kind, string index) => Release.Build(
        kind, ("index", index), ("package", "tool"), ("version", "1.2.0"), ("sha256", package.Sha256), ("smoke_command", new[] { "tool", "--version" }));

    private void Approve(string sha256, string? digest = null)
    {
        var subject = Evidence.Of(new EvidenceItem("file", EvidenceKind.File, "tool-1.2.0.tar.gz"), new EvidenceItem("sha256", EvidenceKind.Sha256, sha256));
        Release.Proved("approve", subject.With(
            new EvidenceItem(ApprovalStep.ApprovedDigest, EvidenceKind.Sha256, digest ?? subject.Digest), new EvidenceItem(ApprovalStep.ApprovedBy, EvidenceKind.Text, "rv")));
    }

    [Fact]
    public async Task Upload_NewFile_IsThereWithTheSameBytesAndOnce()
    {
        var context = Uploading();

        var proof = Done(await Upload.RunAsync(context, Cancel));

        proof["test_index"].ShouldBe("same bytes");
        proof["sha256"].ShouldBe(package.Sha256);
        proof["file"].ShouldBe("tool-1.2.0.tar.gz");
        proof["url"].ShouldNotBeNull().ShouldEndWith("tool-1.2.0.tar.gz");
        Done(await Upload.RunAsync(context, Cancel)).ShouldBe(proof);
        Effects("upload").ShouldBe(1);
        Release.Lines.ShouldNotContain(line => line.Contains("sandbox-test-token", StringComparison.Ordinal));
        Release.Lines.ShouldContain(line => line.StartsWith("$ /usr/bin/python3 -m twine upload --non-interactive", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Upload_BesideAFileOfTheSameBuild_IsNoSurpriseOnlyWhenItsHashIsNamed()
    {
        Done(await Upload.RunAsync(Uploading(), Cancel));
        StepContext Other(params string[] siblings) => Release.Build(
            "pypi.upload", ("index", "test"), ("file", "tool-1.2.0-py3-none-any.whl"), ("sha256", new string('b', 64)), ("siblings", siblings));

        (await Upload.ObserveAsync(Other(package.Sha256), Cancel)).ShouldBeOfType<Observation.NotDone>();
        (await Upload.ObserveAsync(Other(), Cancel)).ShouldBeOfType<Observation.Different>().Error.Code.ShouldBe("other-bytes");
    }

    [Fact]
    public async Task Upload_AnswerLost_IsFoundOnTheIndex()
    {
        var context = Uploading();
        Fault(FaultKind.LostAnswer, "POST", "/indexes/test/legacy/");

        Done(await Upload.RunAsync(context, Cancel));

        Effects("upload").ShouldBe(1);
    }

    [Fact]
    public async Task Upload_ConnectionCutBeforeIt_IsLostAndNothingIsThere()
    {
        var context = Uploading();
        Fault(FaultKind.Drop, "POST", "/indexes/test/legacy/", times: 10);

        var acted = (await Upload.ActAsync(context, Cancel)).ShouldBeOfType<ActResult.AnswerLost>();

        acted.Error.Code.ShouldBe("answer-lost");
        (await Upload.VerifyAsync(context, Evidence.None, Cancel)).ShouldBeOfType<Observation.NotDone>();
    }

    [Fact]
    public async Task Upload_IndexLags_IsSeenByLookingAgain()
    {
        var context = Uploading();
        await ControlAsync("/sandbox/indexes/test/lag", new { milliseconds = 1500 });

        Done(await Upload.RunAsync(context, Cancel))["test_index"].ShouldBe("same bytes");
    }

    [Fact]
    public async Task Upload_WrongToken_SaysSoInTheIndexsWords()
    {
        Release.Secrets[SecretName.TestIndexPassword] = "pypi-wrong";

        var error = Failed(await Upload.RunAsync(Uploading(), Cancel));

        error.Code.ShouldBe("wrong-token");
        error.Why.ShouldContain("Invalid or non-existent authentication information");
        error.WhatToDo.ShouldContain("testpypi-password");
        Effects("upload").ShouldBe(0);
    }

    [Theory]
    [InlineData(403, "New project creation is disabled", "index-refused")]
    [InlineData(400, "The description failed to render", "index-refused")]
    [InlineData(400, "This filename has already been used, use a different version.", "version-exists")]
    public async Task Upload_Refused_SaysSoInTheIndexsWords(int status, string words, string code)
    {
        Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Status, Method = "POST", Path = "/indexes/test/legacy/", Status = status, Body = words });

        var error = Failed(await Upload.RunAsync(Uploading(), Cancel));

        error.Code.ShouldBe(code);
        error.Why.ShouldContain(words);
    }

    [Fact]
    public async Task Upload_IndexFails_IsLookedForAfterwards()
    {
        var context = Uploading();
        Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Status, Method = "POST", Path = "/indexes/test/legacy/", Status = 503, Body = "Down for maintenance" });

        var error = (await Upload.ActAsync(context, Cancel)).ShouldBeOfType<ActResult.AnswerLost>().Error;

        error.Code.ShouldBe("index-refused");
        error.Why.ShouldContain("Down for maintenance");
    }

    [Fact]
    public async Task Upload_NameThereWithOtherBytes_IsDifferent()
    {
        Done(await Upload.RunAsync(Uploading(), Cancel));
        package = SmallPackage.Write(Workspace, summary: "Something else");

        var seen = (await Upload.RunAsync(Uploading(), Cancel)).ShouldBeOfType<Observation.Different>();

        seen.Error.Code.ShouldBe("other-bytes");
        seen.Evidence["built"].ShouldBe(package.Sha256);
        Effects("upload").ShouldBe(1);
    }

    [Fact]
    public async Task Upload_FileChangedSinceTheBuild_IsRefused()
    {
        var context = Uploading();
        SmallPackage.Write(Workspace, summary: "Something else");

        Failed(await Upload.RunAsync(context, Cancel)).Code.ShouldBe("bytes-changed");
    }

    [Fact]
    public async Task Upload_ToProduction_NeedsAnApprovalOfTheseBytes()
    {
        Failed(await Upload.RunAsync(Uploading("production"), Cancel)).Code.ShouldBe("not-approved");
        Approve(new string('0', 64));
        Failed(await Upload.RunAsync(Uploading("production"), Cancel)).Code.ShouldBe("not-approved");
        Approve(package.Sha256, digest: new string('0', 64));
        Failed(await Upload.RunAsync(Uploading("production"), Cancel)).Code.ShouldBe("not-approved");
        (await Upload.ActAsync(Uploading("production"), Cancel)).ShouldBeOfType<ActResult.Failed>();
        Effects("upload").ShouldBe(0);

        Approve(package.Sha256);
        Done(await Upload.RunAsync(Uploading("production"), Cancel))["production_index"].ShouldBe("same bytes");
    }

    [Fact]
    public async Task Upload_WithoutSecret_TakesTheWorkersPypirc()
    {
        var context = Uploading();
        Release.Secrets.Remove(SecretName.TestIndexPassword);
        Failed(await Upload.RunAsync(context, Cancel)).Code.ShouldBe("no-credential");
        await File.WriteAllTextAsync(Pypirc.Path, "[test]\nrepository = https://elsewhere.example/\nusername = __token__\npassword = sandbox-test-token\n", Cancel);
        Failed(await Upload.RunAsync(context, Cancel)).Code.ShouldBe("pypirc-elsewhere");

        await File.WriteAllTextAsync(
            Pypirc.Path,
            $"[distutils]\nindex-servers =\n    test\n\n[test]\nrepository = {Release.Settings.TestIndex.Upload}\nusername = __token__\npassword = sandbox-test-token\n",
            Cancel);
        Done(await Upload.RunAsync(context, Cancel))["test_index"].ShouldBe("same bytes");
        Release.Lines.ShouldNotContain(line => line.Contains("sandbox-test-token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("test")]
    [InlineData("production")]
    public async Task Install_FromTheIndex_RunsTheInstalledProgram(string index)
    {
        Uploading(index);
        Approve(package.Sha256);
        Done(await Upload.RunAsync(Uploading(index), Cancel));

        var proof = Done(await Install.RunAsync(Asking("pypi.install", index), Cancel));

        proof["smoke"].ShouldBe("`tool --version` says 1.2.0");
        proof["sha256"].ShouldBe(package.Sha256);
        Release.Lines.ShouldContain(line => line == "tool 1.2.0 []");
    }

    [Fact]
    public async Task Install_WithRequirements_TakesThemFromTheOrdinaryIndexFirst()
    {
        Done(await Upload.RunAsync(Uploading(), Cancel));
        Release.Settings = Release.Settings with { Requirements = "requirements.txt" };
        Directory.CreateDirectory(Path.Combine(Workspace, "build"));
        await File.WriteAllTextAsync(Path.Combine(Workspace, "build", "requirements.txt"), "wheel\n", Cancel);

        Done(await Install.RunAsync(Asking("pypi.install", "test"), Cancel));

        var commands = Release.Lines.Where(line => line.StartsWith("$ ", StringComparison.Ordinal) && line.Contains("pip install", StringComparison.Ordinal)).ToList();
        commands[0].ShouldContain("--requirement");
        commands[1].ShouldContain("--no-deps");
        Release.Lines.ShouldContain(line => line.StartsWith("Successfully installed wheel-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Install_ProgramSaysAnotherVersion_Fails()
    {
        package = SmallPackage.Write(Workspace, says: "1.2.0b1");
        Done(await Upload.RunAsync(Uploading(), Cancel));

        Failed(await Install.RunAsync(Asking("pypi.install", "test"), Cancel)).Code.ShouldBe("smoke-failed");
    }

    [Fact]
    public async Task Install_BytesThatWereNotBuilt_InstallsNothing()
    {
        Done(await Upload.RunAsync(Uploading(), Cancel));
        package = package with { Sha256 = new string('0', 64) };

        Failed(await Install.RunAsync(Asking("pypi.install", "test"), Cancel)).Code.ShouldBe("not-on-index");

        Release.Lines.ShouldNotContain(line => line.Contains("pip install", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_AbsentThenThere_WaitsAndThenProves()
    {
        var context = Uploading();
        (await Verify.ObserveAsync(Asking("pypi.verify", "test"), Cancel)).ShouldBeOfType<Observation.Waiting>();
        Done(await Upload.RunAsync(context, Cancel));

        Done(await Verify.ObserveAsync(Asking("pypi.verify", "test"), Cancel))["test_index"].ShouldBe("same bytes");
        package = package with { Sha256 = new string('0', 64) };
        (await Verify.ObserveAsync(Asking("pypi.verify", "test"), Cancel)).ShouldBeOfType<Observation.Different>().Error.Code.ShouldBe("other-bytes");
    }

    [Fact]
    public async Task Verify_WorkflowPublishedOtherBytes_NamesFileBothHashesAndTheRun()
    {
        Done(await Upload.RunAsync(Uploading(), Cancel));
        var approved = new string('a', 64);
        var context = Release.Build(
            "pypi.verify", ("index", "test"), ("package", "tool"), ("version", "1.2.0"), ("sha256", approved), ("file", "tool-1.2.0.tar.gz"), ("published_by", "http://127.0.0.1/runs/7"));

        var error = (await Verify.ObserveAsync(context, Cancel)).ShouldBeOfType<Observation.Different>().Error;

        error.Code.ShouldBe("other-bytes");
        error.What.ShouldBe("The workflow published other bytes of tool-1.2.0.tar.gz than were approved.");
        error.Why.ShouldContain(package.Sha256);
        error.Why.ShouldContain(approved);
        error.Why.ShouldContain("http://127.0.0.1/runs/7");
        error.WhatToDo.ShouldContain("Yank tool-1.2.0.tar.gz");
    }

    [Fact]
    public async Task Verify_WorkflowLeftTheFileOut_WaitsAndThenSaysWhichOne()
    {
        package = SmallPackage.Write(Workspace);
        StepContext Context() => Release.Build(
            "pypi.verify", ("index", "test"), ("package", "tool"), ("version", "1.2.0"), ("sha256", package.Sha256), ("file", "tool-1.2.0.tar.gz"), ("published_by", "http://127.0.0.1/runs/7"));

        Release.StepStartedAt = TimeProvider.System.GetUtcNow();
        (await Verify.ObserveAsync(Context(), Cancel)).ShouldBeOfType<Observation.Waiting>().Reason.ShouldContain("tool-1.2.0.tar.gz is not on");
        Release.StepStartedAt = TimeProvider.System.GetUtcNow().AddMinutes(-6);
        var error = Failed(await Verify.ObserveAsync(Context(), Cancel));

        error.Code.ShouldBe("not-published");
        error.What.ShouldContain("The workflow passed, but tool-1.2.0.tar.gz is not on");
        error.Why.ShouldContain("http://127.0.0.1/runs/7");
        error.WhatToDo.ShouldContain(package.Sha256);
    }

    [Fact]
    public async Task Verify_IndexAway_WaitsInsteadOfFailing()
    {
        Uploading();
        Fault(FaultKind.Drop, "GET", "/indexes/**", times: 10);

        (await Verify.ObserveAsync(Asking("pypi.verify", "test"), Cancel)).ShouldBeOfType<Observation.Waiting>();
    }
}
