using System.Text;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Graphs;
using ReleaseDashboard.Core.Images.Layers;
using ReleaseDashboard.Core.Images.Parity;
using ReleaseDashboard.Core.Images.Platforms;
using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Images;
using ReleaseDashboard.Web.Images.Parts;
using ReleaseDashboard.Web.Projects.Settings;
using ReleaseDashboard.Web.Tests.Components;

namespace ReleaseDashboard.Web.Tests.Images;

public sealed class ImagePartsTests
{
    private static readonly ImageSettings Settings = new()
    {
        Preproduction = new RegistryAddress("preproduction", "registry.example/pre/app"),
        Production = new RegistryAddress("production", "registry.example/app"),
        Variants = [new ImageVariant { Name = "debian" }],
        Tags = new TagStrategy { Latest = "debian" },
    };

    private static ContentDigest Digest(string seed) => ContentDigest.Of(Encoding.UTF8.GetBytes(seed));

    private static ParityCell Cell(string? tested, string? published, bool expected = true) => new(
        Platform.LinuxAmd64, expected, tested is null ? null : new PlatformImage(Platform.LinuxAmd64, Digest(tested), 1), published is null ? null : new PlatformImage(Platform.LinuxAmd64, Digest(published), 1));

    [Fact]
    public async Task BuildGraphView_HostileDockerfile_StaysText()
    {
        var text = "FROM a AS b\nFROM b\nCOPY --from=b /<script>x</script> /\nADD https://example.org/<img> /\n";
        var graph = BuildGraph.Of([VariantSource.Read(Settings.Variants[0], text)], Settings);
        var html = await Rendered.Html<BuildGraphView>(new() { ["Graph"] = graph, ["Label"] = "words" });
        html.ShouldNotContain("<script>");
        html.ShouldNotContain("<img>");
        html.ShouldContain("&lt;img&gt;");
    }

    [Fact]
    public void CellLook_ARegistryThatDidNotAnswer_IsNeverTakenForMissing()
    {
        CellLook.Of(Cell("a", null), null, isKnown: false).Word.ShouldBe("not known");
        CellLook.Of(Cell("a", null), null, isKnown: true).Word.ShouldBe("missing");
        CellLook.Of(Cell("a", "a"), null, isKnown: false).Word.ShouldBe("equal");
        CellLook.Of(Cell(null, "a"), null, isKnown: true).Word.ShouldBe("not tested");
        CellLook.Of(Cell("b", "a"), null, isKnown: true).Word.ShouldBe("different");
    }

    [Fact]
    public void CellLook_AbsentInBoth_SaysTheReasonWhenThereIsOne()
    {
        var impossible = new PlatformCell("debian", Platform.LinuxAmd64, PlatformState.Impossible, null, "No base image.", null);
        CellLook.Of(Cell(null, null), impossible, isKnown: true).ShouldSatisfyAllConditions(look => look.Word.ShouldBe("impossible"), look => look.Reason.ShouldBe("No base image."));
        CellLook.Of(Cell(null, null), null, isKnown: true).Word.ShouldBe("not built");
        CellLook.Of(Cell(null, null, expected: false), null, isKnown: true).Word.ShouldBe("not planned");
    }

    [Fact]
    public async Task ParityTable_TagLeftBehind_IsNamed()
    {
        var row = new ParityRow("debian", [Cell("a", "a")], Digest("i"), Digest("i"), [new StrayTag(true, "latest", Digest("old"))]);
        var html = await Rendered.Html<ParityTable>(new() { ["Matrix"] = new ParityMatrix([Platform.LinuxAmd64], [row]), ["Platforms"] = null, ["IsKnown"] = true });
        html.ShouldContain(">latest</code> of debian in production points to another image");
    }

    [Fact]
    public async Task TagPreview_OfAVersion_MarksWhatMoves()
    {
        var context = GitContext.OfTag("v1.2.3")!;
        var html = await Rendered.Html<TagPreview>(new() { ["Context"] = context, ["Plan"] = ImageTags.For(Settings.Tags, context, Settings.Variants) });
        System.Text.RegularExpressions.Regex.Count(html, "class=\"tag moves\"").ShouldBe(2);
        html.ShouldContain("1.2.3-debian");
    }

    [Fact]
    public async Task SizeBars_OfReleases_SayTheirSizesInWords()
    {
        SizePoint Point(string version, long size) => new(version, Platform.LinuxAmd64, new ImageDetails(Digest(version), null, [new ImageLayer(Digest(version), size, "RUN x")]));
        var html = await Rendered.Html<SizeBars>(new() { ["Series"] = new SizeSeries("debian", [Point("1.0", 100_000_000), Point("1.1", 120_000_000)]), ["Largest"] = 120_000_000L });
        html.ShouldContain("aria-label=\"debian: 1.0 100 MB, 1.1 120 MB\"");
        html.ShouldContain("<i class=\"up\"");
    }

    [Theory]
    [InlineData("/bin/sh -c #(nop)  CMD [\"sh\"]", "CMD [\"sh\"]")]
    [InlineData("/bin/sh -c apt-get   update", "RUN apt-get update")]
    [InlineData("RUN /bin/sh -c make # buildkit", "RUN make")]
    [InlineData("  ", null)]
    public void Instruction_OfAHistory_IsAsPeopleWroteIt(string text, string? brief) => Instruction.Brief(text).ShouldBe(brief);

    [Fact]
    public void ImageFields_WrittenAndReadAgain_LoseNothing()
    {
        var full = Settings with
        {
            Variants = [new ImageVariant { Name = "debian", Target = "final", Arguments = ["A=1"], SmokeCommand = ["askbot", "-V"], SmokeFolder = "tests", SmokeShowsVersion = false, Platforms = ["linux/386"] }],
            Notes = [new PlatformNote("linux/s390x", "*", "No python image, yet.")],
            ReleaseWorkflow = "release.yml",
        };
        var before = new ProjectSettings { GitUrl = "x", WebUrl = "x", Package = "x", VersionFile = "x", Images = full };
        var texts = ImageFields.All.ToDictionary(own => own.Key, own => own.Read(before));
        var after = ImageFields.All.Aggregate(before with { Images = null }, (all, own) => own.Write(all, texts[own.Key]));
        System.Text.Json.JsonSerializer.Serialize(after.Images).ShouldBe(System.Text.Json.JsonSerializer.Serialize(full));
        ImageFields.All.Aggregate(before, (all, own) => own.Write(all, own.Key == ImageFields.Switch ? "false" : texts[own.Key])).Images.ShouldBeNull();
    }
}
