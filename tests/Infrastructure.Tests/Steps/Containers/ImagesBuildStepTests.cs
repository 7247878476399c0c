using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Steps.Containers;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;
using ReleaseDashboard.TestSupport.Containers;
using ReleaseDashboard.TestSupport.Steps;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Containers;

/// <summary>Building the images of a release on a real engine.</summary>
public sealed class ImagesBuildStepTests : ImageStepFixture
{
    private async Task<JsonElement> InspectAsync(string id) => JsonDocument.Parse(await Docker.DockerAsync("image", "inspect", id)).RootElement[0];

    [Fact]
    public async Task Build_ThreeVariantsForTwoPlatforms_AreBuiltInOrderWithLabels()
    {
        var evidence = await BuiltAsync();
        evidence["images"].ShouldBe("6 images of 3 variants");
        evidence["commit"].ShouldBe(Commit.Value);
        foreach (var platform in new[] { "amd64", "arm64" })
        {
            var debian = await InspectAsync(evidence[$"image: debian linux/{platform}"]!);
            var signal = await InspectAsync(evidence[$"image: signal-debian linux/{platform}"]!);
            debian.GetProperty("Architecture").GetString().ShouldBe(platform);
            signal.GetProperty("Architecture").GetString().ShouldBe(platform);
            // Built on the image of this release, which no registry has.
            var layers = Layers(debian);
            Layers(signal).Take(layers.Count).ShouldBe(layers);
            Layers(signal).Count.ShouldBe(layers.Count + 1);
            var labels = signal.GetProperty("Config").GetProperty("Labels");
            labels.GetProperty("org.opencontainers.image.version").GetString().ShouldBe("1.2.0");
            labels.GetProperty("org.opencontainers.image.revision").GetString().ShouldBe(Commit.Value);
            labels.GetProperty("org.opencontainers.image.created").GetString().ShouldBe("2026-03-04T05:06:07Z");
            labels.GetProperty("org.opencontainers.image.source").GetString().ShouldBe("https://example.org/hello-wrapper");

            var done = At($"[debian linux/{platform}] is sha256:");
            done.ShouldBeLessThan(At($"[signal-debian linux/{platform}] building"));
        }
        At("[alpine linux/arm64] building").ShouldBeLessThan(At("[signal-debian linux/amd64] building"));

        static List<string> Layers(JsonElement image) => [.. image.GetProperty("RootFS").GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString()!)];
    }

    [Fact]
    public async Task Build_Again_IsANoOpAndAfterACrashGivesTheSameImages()
    {
        var first = await BuiltAsync();
        (await Build.ObserveAsync(ToBuild(), Stop)).ShouldBeOfType<Observation.Done>().Evidence.ShouldBe(first);
        // As after a crash in the middle: one is missing.
        await Docker.DockerAsync("rmi", LocalImages.NameOf(Release.Facts, new ImageKey("signal-debian", Arm)).Familiar);
        (await Build.ObserveAsync(ToBuild(), Stop)).ShouldBeOfType<Observation.NotDone>();
        var again = await BuiltAsync();
        again["image: debian linux/amd64"].ShouldBe(first["image: debian linux/amd64"]);
        again["images"].ShouldBe(first["images"]);
        // A base that is built anew takes what is built on it along.
        await Docker.DockerAsync("rmi", LocalImages.NameOf(Release.Facts, new ImageKey("debian", Arm)).Familiar);
        var lines = Release.Lines.Count;
        (await BuiltAsync())["image: alpine linux/arm64"].ShouldBe(first["image: alpine linux/arm64"]);
        Release.Lines.Skip(lines).ShouldContain(line => line.StartsWith("[signal-debian linux/arm64] building", StringComparison.Ordinal));
        Release.Lines.Skip(lines).ShouldNotContain(line => line.StartsWith("[alpine linux/arm64] building", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Build_OfAnotherCommit_IsNotTakenForDone()
    {
        await BuiltAsync();
        PutPrograms("alpine", ProgramAct.Print("alpine app 1.2.0 repaired\n"));
        await PushedAsync();
        (await Build.ObserveAsync(ToBuild(), Stop)).ShouldBeOfType<Observation.NotDone>();
    }

    [Fact]
    public async Task Build_FailingInstruction_ShowsItsLines()
    {
        PutPrograms("broken", ProgramAct.Print("cannot find the wheel\n"), ProgramAct.Exit(9));
        Put(Other.Path, "docker/alpine.Dockerfile", "FROM scratch\nCOPY bin/amd64/broken /app\nRUN [\"/app\"]\n");
        await PushedAsync();
        Narrow(Images.Variants[2] with { Platforms = ["linux/amd64"] });
        var error = await FailedAsync(Build, ToBuild(), "build-failed");
        error.What.ShouldContain("alpine linux/amd64");
        error.Why.ShouldContain("non-zero code: 9");
        error.Lines.ShouldContain(line => line.Contains("cannot find the wheel", StringComparison.Ordinal));
    }

    // The engine's own builder would be on its own platform until the COPY.
    [Fact]
    public async Task Build_FromNothingWithAnArgumentFirst_IsOfThePlatform()
    {
        Put(Other.Path, "docker/alpine.Dockerfile", "FROM scratch\nARG TARGETARCH\nCOPY bin/${TARGETARCH}/alpine /app\n");
        await PushedAsync();
        Narrow(Images.Variants[2] with { Arguments = ["RELEASE={version}"] });
        var built = await BuiltAsync();
        foreach (var architecture in new[] { "amd64", "arm64" })
        {
            var image = await InspectAsync(built[$"image: alpine linux/{architecture}"]!);
            image.GetProperty("Architecture").GetString().ShouldBe(architecture);
            image.GetProperty("RootFS").GetProperty("Layers").GetArrayLength().ShouldBe(1);
        }
    }

    [Fact]
    public async Task Build_PackageThatIsNotAsItWasBuilt_PutsNoOtherBytesIntoImages()
    {
        var context = Release.Build("images.build", ("commit", Commit.Value), ("builder", "engine"), ("wheel", "app-1.2.0-py3-none-any.whl"), ("wheel_sha256", new string('0', 64)));
        (await Build.RunAsync(context, Stop)).ShouldBeOfType<Observation.Failed>().Error.Code.ShouldBe("file-missing");
    }

    [Fact]
    public async Task Build_OnAPlatformThatItsBaseLacks_IsRefusedBeforeUsingAnother()
    {
        Narrow(Images.Variants[0] with { Platforms = ["linux/amd64"] }, Images.Variants[1]);
        (await FailedAsync(Build, ToBuild(), "base-not-built")).Why.ShouldContain("debian for linux/arm64");
    }

    [Fact]
    public async Task Build_VariantsThatNeedEachOther_AreNamed()
    {
        Put(Other.Path, "docker/debian.Dockerfile", $"FROM {Preproduction.Repository("team/app")}:signal-debian\n");
        await PushedAsync();
        (await FailedAsync(Build, ToBuild(), "image-cycle")).Why.ShouldContain("debian needs signal-debian");
    }

    [Theory]
    [InlineData("../..", "bad-path")]
    [InlineData("outside", "bad-path")]
    [InlineData("nowhere", "no-folder")]
    public async Task Build_FolderOutsideTheCheckout_IsRefused(string context, string code)
    {
        Directory.CreateSymbolicLink(Path.Combine(Other.Path, "outside"), "/etc");
        await PushedAsync();
        Narrow(Images.Variants[0] with { Context = context });
        await FailedAsync(Build, ToBuild(), code);
    }

    [Fact]
    public async Task Build_WithoutAnEngine_SaysWhatToDo()
    {
        using var nowhere = new ReleaseDashboard.Infrastructure.Containers.Engine.EngineClient(
            new() { Address = ReleaseDashboard.Infrastructure.Containers.Engine.EngineAddress.Parse("unix:///nowhere.sock") }, TimeProvider.System);
        var step = new ImagesBuildStep(Workspaces, nowhere, new ImageBuilders(nowhere, Docker.Options, Programs));
        var error = (await step.ObserveAsync(ToBuild(), Stop)).ShouldBeOfType<Observation.Unknown>().Error;
        error.Code.ShouldBe("no-engine");
        error.WhatToDo.ShouldContain("Docker:Host");
    }

    [Fact]
    public async Task Plan_OfABuild_ShowsEveryCallInOrder()
    {
        var plan = await Build.PlanAsync(Release.Plan("images.build", Other.Path, ("commit", "‹commit›"), ("cache", true), ("builder", "engine")), Stop);
        var calls = plan.Lines.Where(line => line.Phase == PlanPhase.Act).Select(line => line.Text).Where(text => text.Contains("/build?", StringComparison.Ordinal)).ToList();
        calls.Count.ShouldBe(6);
        calls.FindIndex(call => call.Contains("signal-debian", StringComparison.Ordinal)).ShouldBe(4);
        calls[0].ShouldContain("dockerfile=docker/debian.Dockerfile&platform=linux/amd64");
    }

    // buildx is not installed here: a program in its place records what it is told and answers as it would.
    [Fact]
    public async Task Build_WithBuildx_TellsItEverything()
    {
        var tools = Folder.At("tools");
        Directory.CreateDirectory(tools);
        var fake = Path.Combine(tools, "docker");
        await File.WriteAllTextAsync(fake, $"""
            #!/bin/sh
            printf '%s\n' "$@" --- >> "{Folder.At("asked")}"
            [ "$1 $2" = "buildx version" ] && exit 0
            echo "building with buildx"
            exit 5
            """, Stop);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(fake, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var runner = new ProcessRunner(new ProcessEnvironment(Folder.At("home"), $"{tools}:/usr/bin:/bin"), TimeProvider.System);
        var step = new ImagesBuildStep(Workspaces, Engine, new ImageBuilders(Engine, Docker.Options, new StepProcess(runner)));
        Narrow(Images.Variants[0] with { Platforms = ["linux/arm64"], Target = "base", Arguments = ["ROOT=scratch", "-x=$(y)"] });
        var observation = await step.RunAsync(ToBuild("auto"), Stop);
        observation.ShouldBeOfType<Observation.Failed>().Error.Lines.ShouldContain("building with buildx");
        var asked = (await File.ReadAllTextAsync(Folder.At("asked"), Stop)).Split("---\n")[1].Split('\n');
        asked[..8].ShouldBe(["buildx", "build", "--platform", "linux/arm64", "--file", Path.Combine(Workspace, "Dockerfile.debian.linux-arm64"), "--tag", LocalImages.NameOf(Release.Facts, new ImageKey("debian", Arm)).Familiar]);
        asked.ShouldContain("--load");
        asked.ShouldContain("ROOT=scratch");
        asked.ShouldContain("-x=$(y)");
        asked.ShouldContain($"org.opencontainers.image.revision={Commit}");
        asked[^3..].ShouldBe(["--", Path.Combine(Workspace, "build"), ""]);
        (await File.ReadAllTextAsync(Path.Combine(Workspace, "Dockerfile.debian.linux-arm64"), Stop)).ShouldContain("ARG TARGETARCH");
    }

    private int At(string beginning)
    {
        var at = Release.Lines.ToList().FindIndex(line => line.StartsWith(beginning, StringComparison.Ordinal));
        return at >= 0 ? at : throw new InvalidOperationException($"'{beginning}' is not in the log:\n{string.Join('\n', Release.Lines)}");
    }
}
