using System.Formats.Tar;
using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>Images on a real engine, looked at with the docker client.</summary>
public sealed class EngineImageTests : EngineTest
{
    private static readonly ImageTag One = ImageTag.Parse("1.0");

    private async Task<JsonElement> InspectedAsync(string image) =>
        JsonDocument.Parse(await Engine.DockerAsync("image", "inspect", image)).RootElement[0];

    [Fact]
    public async Task Engine_AskedAboutItself_SaysWhatTheClientSays()
    {
        var ping = Ok(await Client.PingAsync(Stop));
        ping.Os.ShouldBe("linux");
        var version = Ok(await Client.VersionAsync(Stop));
        (await Engine.DockerAsync("version", "--format", "{{.Server.Version}} {{.Server.APIVersion}}")).Trim().ShouldBe($"{version.Version} {version.ApiVersion}");
        ping.ApiVersion.ShouldBe(version.ApiVersion);
        var info = Ok(await Client.InfoAsync(Stop));
        info.OSType.ShouldBe("linux");
        info.Ncpu.ShouldBe(Environment.ProcessorCount);
        info.MemTotal.ShouldBeGreaterThan(1_000_000);
        info.DockerRootDir!.ShouldStartWith(Engine.Folder);
    }

    [Fact]
    public async Task DiskUse_AfterABuild_NamesTheImage()
    {
        var image = await ImageAsync(ProgramAct.Print("disk"));
        var use = Ok(await Client.DiskUseAsync(Stop));
        use.Images!.Single(one => one.Id == image.Id).Size.ShouldBe(image.Size);
        use.LayersSize.ShouldBeGreaterThanOrEqualTo(image.Size);
        use.ContainersSize.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task Build_WithArgumentsLabelsAndTarget_MakesThatImage()
    {
        Put("program", TinyProgram.For(Platform.LinuxAmd64, ProgramAct.Print("hello from the build\n")));
        var image = Ok(await Client.BuildAsync(
            Request("""
                FROM scratch AS first
                ARG WHAT=nothing
                COPY program /program
                LABEL what=$WHAT
                RUN ["/program"]
                FROM first AS second
                LABEL second=yes
                """) with
            {
                Target = "first",
                Tags = [$"{Name.Familiar}:built"],
                Arguments = new Dictionary<string, string> { ["WHAT"] = "a & b=\"c\"" },
                Labels = new Dictionary<string, string> { ["org.opencontainers.image.version"] = "1.2.0" },
            }, Write, Stop));

        image.Platform.ShouldBe(Platform.LinuxAmd64);
        Log.ShouldContain("hello from the build");
        Log.ShouldContain(line => line.StartsWith("Step 4/", StringComparison.Ordinal));
        var seen = await InspectedAsync($"{Name.Familiar}:built");
        seen.GetProperty("Id").GetString().ShouldBe(image.Id);
        var labels = seen.GetProperty("Config").GetProperty("Labels");
        labels.GetProperty("what").GetString().ShouldBe("a & b=\"c\"");
        labels.GetProperty("org.opencontainers.image.version").GetString().ShouldBe("1.2.0");
        labels.TryGetProperty("second", out _).ShouldBeFalse();
        image.Labels["what"].ShouldBe("a & b=\"c\"");
    }

    [Fact]
    public async Task Build_SameFilesTwice_TakesTheCacheAndMakesTheSameImage()
    {
        var first = await ImageAsync(ProgramAct.Print("cached"));
        Log.Clear();
        var second = await ImageAsync(ProgramAct.Print("cached"));
        second.Id.ShouldBe(first.Id);
        Log.ShouldContain(line => line.Contains("Using cache", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Build_ForAnotherPlatformAfterACachedOne_IsForThatPlatform()
    {
        var amd = await ImageAsync(ProgramAct.Print("platform"));
        var arm = Ok(await Client.BuildAsync(
            Request("FROM scratch\nCOPY program /program\nENTRYPOINT [\"/program\"]\n") with { Platform = Emulation.LinuxArm64 }, Write, Stop));
        amd.Platform.ShouldBe(Platform.LinuxAmd64);
        arm.Platform.ShouldBe(Emulation.LinuxArm64);
        (await InspectedAsync(arm.Id)).GetProperty("Architecture").GetString().ShouldBe("arm64");
    }

    [Fact]
    public async Task Build_OnABaseOfAnotherPlatform_IsRefused()
    {
        var amd = await ImageAsync(ProgramAct.Print("base"));
        await Client.TagAsync(amd.Id, Name, One, Stop);
        var error = Failed(
            await Client.BuildAsync(Request($"FROM {Name.Familiar}:1.0\nLABEL a=b\n") with { Platform = Emulation.LinuxArm64 }, Write, Stop), EngineFailure.BuildFailed);
        error.Message.ShouldContain("linux/amd64");
    }

    [Fact]
    public async Task Build_ArmInstruction_RunsThroughEmulation()
    {
        (await Emulation.IsReadyAsync()).ShouldBeTrue("qemu-user-static and binfmt_misc are needed.");
        Put("program", TinyProgram.For(Emulation.LinuxArm64, ProgramAct.Print("hello from arm\n")));
        Ok(await Client.BuildAsync(Request("FROM scratch\nCOPY program /program\nRUN [\"/program\"]\n") with { Platform = Emulation.LinuxArm64, NoCache = true }, Write, Stop));
        Log.ShouldContain("hello from arm");
    }

    [Fact]
    public async Task Build_FailingInstruction_SaysWhichAndWhy()
    {
        Put("program", TinyProgram.For(Platform.LinuxAmd64, ProgramAct.Complain("it is broken\n"), ProgramAct.Exit(3)));
        var error = Failed(await Client.BuildAsync(Request("FROM scratch\nCOPY program /program\nRUN [\"/program\"]\n"), Write, Stop), EngineFailure.BuildFailed);
        error.Message.ShouldContain("returned a non-zero code: 3");
        Log.ShouldContain(line => line.Contains("it is broken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Build_UnreadableDockerfile_HandsOnTheEnginesWords() =>
        Failed(await Client.BuildAsync(Request("FORM scratch\n"), Write, Stop), EngineFailure.Refused).Message.ShouldContain("unknown instruction: FORM");

    [Fact]
    public async Task Build_UnknownBase_IsNoSuccess() =>
        Failed(await Client.BuildAsync(Request("FROM 127.0.0.1:1/none:1\nLABEL a=b\n"), Write, Stop), EngineFailure.BuildFailed).Message.ShouldContain("127.0.0.1:1");

    [Fact]
    public async Task History_OfABuiltImage_ListsItsInstructions()
    {
        var image = await ImageAsync(ProgramAct.Print("history"));
        var steps = Ok(await Client.HistoryAsync(image.Id, Stop));
        steps[0].CreatedBy.ShouldContain("ENTRYPOINT");
        steps.Sum(step => step.Size).ShouldBe(image.Size);
        (await Engine.DockerAsync("history", "-q", image.Id)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(steps.Count);
    }

    [Fact]
    public async Task Tag_ThenRemove_ComesAndGoes()
    {
        var image = await ImageAsync(ProgramAct.Print("tag"));
        Ok(await Client.TagAsync(image.Id, Name, One, Stop));
        (await Engine.DockerAsync("images", "-q", "--no-trunc", Name.Familiar)).Trim().ShouldBe(image.Id);
        Ok(await Client.RemoveImageAsync($"{Name.Familiar}:1.0", force: false, Stop));
        (await Engine.DockerAsync("images", "-q", Name.Familiar)).ShouldBeEmpty();
        Ok(await Client.InspectAsync($"{Name.Familiar}:1.0", Stop)).ShouldBeNull();
        Failed(await Client.RemoveImageAsync($"{Name.Familiar}:1.0", force: false, Stop), EngineFailure.NotFound).Message.ShouldContain("No such image");
    }

    [Fact]
    public async Task Save_Image_IsATarWithItsManifest()
    {
        var image = await ImageAsync(ProgramAct.Print("save"));
        using var file = new MemoryStream();
        Ok(await Client.SaveAsync(image.Id, file, Stop));
        file.Position = 0;
        await using var tar = new TarReader(file);
        var names = new List<string>();
        while (await tar.GetNextEntryAsync(cancellationToken: Stop) is { } entry)
            names.Add(entry.Name);
        names.ShouldContain("manifest.json");
        names.ShouldContain($"{image.Id["sha256:".Length..]}.json");
    }

    [Fact]
    public async Task Prune_ImageWithoutAName_IsRemoved()
    {
        // An engine of its own: pruning would take the images of other tests.
        await using var engine = await DockerEngine.StartAsync();
        using var client = new EngineClient(engine.Options, TimeProvider.System);
        Put("program", TinyProgram.For(Platform.LinuxAmd64, ProgramAct.Print(new string('x', 5000))));
        var image = Ok(await client.BuildAsync(Request("FROM scratch\nCOPY program /program\n"), Write, Stop));
        Ok(await client.PruneImagesAsync(Stop)).SpaceReclaimed.ShouldBe(image.Size);
        (await engine.DockerAsync("images", "-aq")).ShouldBeEmpty();
        Ok(await client.PruneBuildCacheAsync(Stop)).SpaceReclaimed.ShouldBe(0);
        Ok(await client.PruneContainersAsync(null, Stop)).SpaceReclaimed.ShouldBe(0);
    }
}
