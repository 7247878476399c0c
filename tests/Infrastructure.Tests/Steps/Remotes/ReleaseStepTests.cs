using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Steps.GitHub;
using ReleaseDashboard.Sandbox.Faults;
using ReleaseDashboard.TestSupport.Steps;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

public sealed class ReleaseStepTests : RemoteFixture
{
    private const string Releases = "/api/v3/repos/example/tool/releases";

    private ReleaseStep Step => new(Access);

    private async Task<StepContext> ContextAsync(bool tagged = true, bool latest = true, string? commit = null)
    {
        var head = await GitAsync("rev-parse", "HEAD");
        if (tagged)
        {
            await GitAsync("tag", "--annotate", "1.2.0", "--message", "Release 1.2.0");
            await GitAsync("push", "--quiet", "origin", "1.2.0");
        }

        var package = SmallPackage.Write(Workspace);
        Release.Proved("package", Evidence.Of(
            new EvidenceItem("file", EvidenceKind.File, package.File), new EvidenceItem("sha256", EvidenceKind.Sha256, package.Sha256)));
        return Release.Build("github.release", ("tag", "1.2.0"), ("title", "1.2.0"), ("assets", new[] { package.File }), ("latest", latest), ("commit", commit ?? head));
    }

    private async Task<string> LatestAsync() => (await SendAsync(HttpMethod.Get, "releases/latest"))["tag_name"]!.ToString();

    [Fact]
    public async Task Run_NoneThere_PublishesOnceWithTheBuiltBytes()
    {
        var context = await ContextAsync();

        var proof = Done(await Step.RunAsync(context, Cancel));

        var release = await SendAsync(HttpMethod.Get, "releases/tags/1.2.0");
        release["draft"]!.GetValue<bool>().ShouldBeFalse();
        release["body"]!.ToString().ShouldContain("Full Changelog");
        release["assets"]![0]!["digest"]!.ToString().ShouldBe($"sha256:{proof["asset: tool-1.2.0.tar.gz"]}");
        proof["id"].ShouldBe(release["id"]!.ToString());
        proof["latest"].ShouldBe("yes");
        (await LatestAsync()).ShouldBe("1.2.0");
        Done(await Step.RunAsync(context, Cancel)).ShouldBe(proof);
        (Effects("release.create"), Effects("release.publish"), Effects("asset.upload"), Effects("ref.create")).ShouldBe((1, 1, 1, Effects("ref.create")));
    }

    [Theory]
    [InlineData("POST", Releases)]
    [InlineData("POST", "/**/assets")]
    [InlineData("PATCH", Releases + "/*")]
    public async Task Run_AnswerLost_GoesOnWithWhatIsThere(string method, string path)
    {
        var context = await ContextAsync();
        Fault(FaultKind.LostAnswer, method, path);

        Done(await Step.RunAsync(context, Cancel));

        (Effects("release.create"), Effects("release.publish"), Effects("asset.upload")).ShouldBe((1, 1, 1));
        Sandbox.Faults.List().Single().Applied.ShouldBe(1);
    }

    [Fact]
    public async Task Run_HigherVersionIsTheLatest_LeavesItThere()
    {
        await SendAsync(HttpMethod.Post, "releases", new { tag_name = "2.0.0", target_commitish = "main" });

        Done(await Step.RunAsync(await ContextAsync(), Cancel))["latest"].ShouldBe("no, 2.0.0 is higher");

        (await LatestAsync()).ShouldBe("2.0.0");
    }

    [Fact]
    public async Task Run_PreRelease_IsNeverTheLatest()
    {
        await SendAsync(HttpMethod.Post, "releases", new { tag_name = "1.1.0", target_commitish = "main" });
        Release.Version = PythonVersion.Parse("1.2.0b1");

        Done(await Step.RunAsync(await ContextAsync(latest: false), Cancel))["latest"].ShouldBe("no");

        (await LatestAsync()).ShouldBe("1.1.0");
        (await SendAsync(HttpMethod.Get, "releases/tags/1.2.0"))["prerelease"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Run_AssetWithOtherBytes_IsDifferentAndPublishesNothing()
    {
        var context = await ContextAsync();
        Fault(FaultKind.Drop, "PATCH", Releases + "/*");
        (await Step.RunAsync(context, Cancel)).ShouldBeOfType<Observation.NotDone>("the draft is there, publishing did not arrive");
        var other = SmallPackage.Write(Workspace, summary: "Something else");
        Release.Proved("package", Evidence.Of(
            new EvidenceItem("file", EvidenceKind.File, other.File), new EvidenceItem("sha256", EvidenceKind.Sha256, other.Sha256)));
        var again = Release.Build("github.release", ("tag", "1.2.0"), ("title", "1.2.0"), ("assets", new[] { other.File }));

        (await Step.RunAsync(again, Cancel)).ShouldBeOfType<Observation.Different>().Error.Code.ShouldBe("asset-differs");

        Effects("release.publish").ShouldBe(0);
    }

    [Fact]
    public async Task Run_FileChangedSinceTheBuild_IsRefused()
    {
        var context = await ContextAsync();
        SmallPackage.Write(Workspace, summary: "Something else");

        Failed(await Step.RunAsync(context, Cancel)).Code.ShouldBe("bytes-changed");
    }

    [Fact]
    public async Task Run_NoTag_MakesNeitherTagNorRelease()
    {
        Failed(await Step.RunAsync(await ContextAsync(tagged: false), Cancel)).Code.ShouldBe("tag-missing");

        Effects("release.create").ShouldBe(0);
    }

    [Fact]
    public async Task Run_TagOnAnotherCommit_IsDifferent() =>
        (await Step.RunAsync(await ContextAsync(commit: new string('c', 40)), Cancel)).ShouldBeOfType<Observation.Different>().Error.Code.ShouldBe("tag-elsewhere");
}
