using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

/// <summary>Containers on a real engine.</summary>
public sealed class EngineContainerTests : EngineTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private ContainerRun Run => new(Client, TimeProvider.System);

    private ContainerRequest Labelled(ImageDetails image) => new(image.Id) { Labels = new Dictionary<string, string> { ["test"] = Name.Path } };

    private async Task<string> LeftAsync() => await Engine.DockerAsync("ps", "-aq", "--filter", $"label=test={Name.Path}");

    [Fact]
    public async Task Run_Program_HandsOutBothOutputsAndTheExitCode()
    {
        var image = await ImageAsync(ProgramAct.Print("out ä\nsecond"), ProgramAct.Complain("err\n"), ProgramAct.Exit(4));
        var outcome = Ok(await Run.RunAsync(Labelled(image), Patience, Write, Stop));
        outcome.ExitCode.ShouldBe(4);
        outcome.Succeeded.ShouldBeFalse();
        outcome.Lines.Where(line => !line.IsError).Select(line => line.Text).ShouldBe(["out ä", "second"]);
        outcome.Lines.Where(line => line.IsError).Select(line => line.Text).ShouldBe(["err"]);
        (await LeftAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_WithMountedFolder_CanReadAndNotWrite()
    {
        var image = await ImageAsync(ProgramAct.Show("/sample/config.yml"), ProgramAct.Make("/sample/made"));
        Directory.CreateDirectory(Folder.At("sample"));
        await File.WriteAllTextAsync(Folder.At("sample", "config.yml"), "backend: console\n", Stop);
        var outcome = Ok(await Run.RunAsync(Labelled(image) with { Mounts = [new ReadOnlyMount(Folder.At("sample"), "/sample")] }, Patience, Write, Stop));
        outcome.Lines.ShouldContain(line => line.Text == "backend: console");
        outcome.ExitCode.ShouldBe(7);
        File.Exists(Folder.At("sample", "made")).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_MissingFolder_IsRefusedAndNotMade()
    {
        var image = await ImageAsync(ProgramAct.Print("x"));
        Failed(await Run.RunAsync(Labelled(image) with { Mounts = [new ReadOnlyMount(Folder.At("absent"), "/sample")] }, Patience, Write, Stop), EngineFailure.Refused)
            .Message.ShouldContain("does not exist");
        Directory.Exists(Folder.At("absent")).ShouldBeFalse();
        (await LeftAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_TooLong_IsKilledAndRemoved()
    {
        var image = await ImageAsync(ProgramAct.Print("waiting\n"), ProgramAct.Wait);
        var outcome = Ok(await Run.RunAsync(Labelled(image), TimeSpan.FromSeconds(1), Write, Stop));
        outcome.TimedOut.ShouldBeTrue();
        outcome.ExitCode.ShouldBe(137);
        outcome.Lines.ShouldContain(line => line.Text == "waiting");
        (await LeftAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_Cancelled_LeavesNoContainer()
    {
        var image = await ImageAsync(ProgramAct.Print("waiting\n"), ProgramAct.Wait);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await Should.ThrowAsync<OperationCanceledException>(Run.RunAsync(Labelled(image), Patience, _ => stop.Cancel(), stop.Token));
        (await LeftAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_WithLimits_TheEngineKeepsThem()
    {
        var image = await ImageAsync(ProgramAct.Wait);
        var id = Ok(await Client.CreateContainerAsync(
            Labelled(image) with
            {
                Memory = 64 * 1024 * 1024, Processes = 20, Processors = 0.5, Command = ["--version"],
                Environment = new Dictionary<string, string> { ["A"] = "b" },
            }, Stop));
        var seen = await Engine.DockerAsync(
            "inspect", "--format", "{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.PidsLimit}} {{.HostConfig.NanoCpus}} {{.HostConfig.NetworkMode}} {{.Config.NetworkDisabled}} {{.Config.Cmd}} {{index .Config.Env 0}}", id);
        seen.Trim().ShouldBe("67108864 67108864 20 500000000 none true [--version] A=b");
        Ok(await Client.InspectContainerAsync(id, Stop))!.State.Status.ShouldBe("created");
        Ok(await Client.StartContainerAsync(id, Stop));
        Ok(await Client.InspectContainerAsync(id, Stop))!.State.Running.ShouldBeTrue();
        Ok(await Client.KillContainerAsync(id, Stop));
        Ok(await Client.WaitContainerAsync(id, Stop)).ShouldBe(137);
        Failed(await Client.KillContainerAsync(id, Stop), EngineFailure.Conflict).Message.ShouldContain("is not running");
        Ok(await Client.PruneContainersAsync($"test={Name.Path}", Stop));
        Ok(await Client.InspectContainerAsync(id, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Run_UnknownImage_HandsOnTheEnginesWords() =>
        Failed(await Run.RunAsync(new ContainerRequest($"{Name.Familiar}:none"), Patience, Write, Stop), EngineFailure.NotFound).Message.ShouldContain("No such image");

    [Fact]
    public async Task Run_ProgramThatIsNotThere_HandsOnTheEnginesWords()
    {
        var image = await ImageAsync(ProgramAct.Print("x"));
        Failed(await Run.RunAsync(Labelled(image) with { Entrypoint = ["/nowhere"] }, Patience, Write, Stop), EngineFailure.Refused).Message.ShouldContain("/nowhere");
        (await LeftAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_ArmProgram_RunsThroughEmulation()
    {
        (await Emulation.IsReadyAsync()).ShouldBeTrue("qemu-user-static and binfmt_misc are needed.");
        Put("program", TinyProgram.For(Emulation.LinuxArm64, ProgramAct.Print("arm 1.2.0\n"), ProgramAct.Show("/sample/a"), ProgramAct.Make("/sample/b")));
        Directory.CreateDirectory(Folder.At("sample"));
        await File.WriteAllTextAsync(Folder.At("sample", "a"), "sample\n", Stop);
        var image = Ok(await Client.BuildAsync(
            Request("FROM scratch\nCOPY program /program\nENTRYPOINT [\"/program\"]\n") with { Platform = Emulation.LinuxArm64 }, Write, Stop));
        var outcome = Ok(await Run.RunAsync(
            Labelled(image) with { Platform = Emulation.LinuxArm64, Mounts = [new ReadOnlyMount(Folder.At("sample"), "/sample")] }, Patience, Write, Stop));
        outcome.Lines.Select(line => line.Text).ShouldBe(["arm 1.2.0", "sample"]);
        outcome.ExitCode.ShouldBe(7);
    }
}
