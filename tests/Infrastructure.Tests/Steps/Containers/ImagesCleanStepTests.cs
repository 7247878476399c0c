using System.Text.Json;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Steps.Containers;
using ReleaseDashboard.TestSupport.Containers;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Containers;

/// <summary>What a release leaves behind, and what the next one takes from it.</summary>
public sealed class ImagesCleanStepTests : ImageStepFixture
{
    private StepContext ToClean => Release.Build("images.clean", ("commit", Commit.Value));

    [Fact]
    public async Task Clean_AfterAPush_TakesTheEnginesImagesAndLeavesThoseOfTheRegistryWhole()
    {
        await PushedImagesAsync();

        var cleaned = (await DoneAsync(Clean, ToClean))["cleaned"];

        cleaned.ShouldBe("6 images removed from the engine; tags of single platforms stay, the registry deletes no single tags");
        (await Docker.DockerAsync("images", "--quiet", LocalImages.NameOf(Release.Facts, new ImageKey("debian", Arm)).Repository.Familiar)).ShouldBeEmpty();
        foreach (var architecture in new[] { "amd64", "arm64" })
            JsonDocument.Parse(await SkopeoAsync(Preproduction, "1.2.0-signal-debian", "--override-arch", architecture)).RootElement.GetProperty("Architecture").GetString().ShouldBe(architecture);
        // Again, as after a crash: nothing is there to be removed.
        (await DoneAsync(Clean, ToClean))["cleaned"]!.ShouldStartWith("0 images removed");
    }

    [Fact]
    public async Task Build_AfterAnEarlierVersion_TakesItsLayersThoughTheEngineHasThemNoMore()
    {
        PutPrograms("prepare", ProgramAct.Make("/prepared"));
        Put(Other.Path, "docker/debian.Dockerfile", $$"""
            FROM {{Preproduction.Repository("base/linux")}}:1
            ARG TARGETARCH
            COPY bin/${TARGETARCH}/prepare /prepare
            RUN ["/prepare"]
            COPY bin/${TARGETARCH}/debian /app
            """);
        await PushedAsync();
        Narrow(Images.Variants[0]);
        Release.Version = PythonVersion.Parse("1.1.0");
        Release.Settings = Release.Settings with { Images = Images with { Production = Images.Preproduction } };
        var first = await BuiltAsync();
        var layers = new Dictionary<string, List<string>>();
        foreach (var architecture in new[] { "amd64", "arm64" })
            layers[architecture] = await LayersAsync(first[$"image: debian linux/{architecture}"]!);
        await DoneAsync(Push, PushContext(first));
        await DoneAsync(Clean, ToClean);

        Release.Version = PythonVersion.Parse("1.2.0");
        PutPrograms("debian", ProgramAct.Print("debian app 1.2.0, mended\n"));
        await PushedAsync();
        var second = await BuiltAsync();

        Release.Lines.ShouldContain(line => line.StartsWith("[debian linux/arm64] Layers that did not change are taken from", StringComparison.Ordinal));
        foreach (var architecture in new[] { "amd64", "arm64" })
        {
            // The time of what RUN made would be another one.
            var now = await LayersAsync(second[$"image: debian linux/{architecture}"]!);
            now[..^1].ShouldBe(layers[architecture][..^1], architecture);
            now[^1].ShouldNotBe(layers[architecture][^1]);
        }
        (await Docker.DockerAsync("images", "--quiet", Preproduction.Repository("team/app"))).ShouldBeEmpty("the fetched image stays on the engine");
    }

    private async Task<List<string>> LayersAsync(string id) =>
        [.. JsonDocument.Parse(await Docker.DockerAsync("image", "inspect", id)).RootElement[0].GetProperty("RootFS").GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString()!)];
}
