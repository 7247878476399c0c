using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using ReleaseDashboard.Core.Images.Graphs;
using ReleaseDashboard.Core.Images.Graphs.Drawing;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Core.Tests.Images;

public sealed class BuildGraphTests
{
    internal static ImageSettings Settings(params string[] variants) => new()
    {
        Preproduction = new RegistryAddress("preproduction", "registry.example:5000/team/app"),
        Production = new RegistryAddress("production", "team/app"),
        Variants = [.. variants.Select(name => new ImageVariant { Name = name, Dockerfile = $"{name}.Dockerfile" })],
        Tags = new TagStrategy { Latest = variants[0] },
    };

    private static BuildGraph Graph(params (string Name, string Text)[] files)
    {
        var settings = Settings([.. files.Select(file => file.Name)]);
        return BuildGraph.Of([.. settings.Variants.Select((variant, index) => VariantSource.Read(variant, files[index].Text))], settings);
    }

    private static readonly (string Name, string Text)[] Family =
    [
        ("debian", "FROM python:3.12 AS build\nCOPY . .\nFROM python:3.12-slim\nCOPY --from=build /wheels /w\nCOPY entry /\n"),
        ("signal-debian", "FROM rust:1 AS zkgroup\nFROM ghost:1 AS unused\nFROM team/app:debian\nCOPY --from=zkgroup /lib.so /\n"),
        ("alpine", "FROM python:3.12-alpine\nCOPY . .\n"),
    ];

    [Fact]
    public void Of_SeveralDockerfiles_HasEveryNodeOnceAndMarksWhatIsUnused()
    {
        var graph = Graph(Family);
        graph.Faults.ShouldBeEmpty();
        graph.Nodes.Select(node => (node.Kind, node.Title, node.IsUsed)).ShouldBe(
        [
            (BuildNodeKind.Stage, "build", true), (BuildNodeKind.Image, "debian", true),
            (BuildNodeKind.Stage, "zkgroup", true), (BuildNodeKind.Stage, "unused", false), (BuildNodeKind.Image, "signal-debian", true),
            (BuildNodeKind.Image, "alpine", true),
            (BuildNodeKind.Base, "python:3.12", true), (BuildNodeKind.Context, "Build context", true), (BuildNodeKind.Base, "python:3.12-slim", true),
            (BuildNodeKind.Base, "rust:1", true), (BuildNodeKind.Base, "ghost:1", false), (BuildNodeKind.Base, "python:3.12-alpine", true),
        ]);
        graph.Edges.Single(edge => edge.Variant is not null).ShouldSatisfyAllConditions(
            edge => edge.From.ShouldBe(graph.ImageOf("debian")!.Id), edge => edge.To.ShouldBe(graph.ImageOf("signal-debian")!.Id), edge => edge.Uses[0].Line.ShouldBe(3));
    }

    [Theory]
    [InlineData("team/app:debian")]
    [InlineData("team/app")]
    [InlineData("docker.io/team/app:1.2.3-debian")]
    [InlineData("registry.example:5000/team/app:dev-debian")]
    public void BuildOrder_AFromThatNamesAnotherVariant_ComesAfterIt(string image)
    {
        var order = BuildOrder.Of(Graph(("debian", "FROM a"), ("signal-debian", $"ARG B={image}\nFROM $B"), ("alpine", "FROM b")));
        order.Fault.ShouldBeNull();
        order.Levels.Select(level => string.Join(' ', level)).ShouldBe(["debian alpine", "signal-debian"]);
        order.Needs["signal-debian"].ShouldBe(["debian"]);
    }

    [Fact]
    public void BuildOrder_ImagesThatNeedEachOther_NamesTheWholeCircle()
    {
        var order = BuildOrder.Of(Graph(("a", "FROM team/app:c"), ("b", "FROM x AS s\nCOPY --from=team/app:a / /\nFROM s"), ("c", "FROM team/app:b"), ("d", "FROM x")));
        order.Levels.ShouldBeEmpty();
        order.Fault.ShouldBe("The images need each other in a circle: a needs c needs b needs a.");
    }

    [Fact]
    public void BuildOrder_AnUnusedStageThatNamesAVariant_NeedsNothing() =>
        BuildOrder.Of(Graph(("a", "FROM x"), ("b", "FROM team/app:a AS unused\nFROM y"))).Levels.ShouldHaveSingleItem().ShouldBe(["a", "b"]);

    [Fact]
    public void Of_VariantsOfOneFile_ShareItsStages()
    {
        var settings = Settings("full", "slim") with { };
        settings = settings with { Variants = [.. settings.Variants.Select(variant => variant with { Dockerfile = "Dockerfile", Target = variant.Name })] };
        var text = "FROM base AS slim\nFROM slim AS full\nFROM full AS test\n";
        var graph = BuildGraph.Of([.. settings.Variants.Select(variant => VariantSource.Read(variant, text))], settings);
        graph.Nodes.Where(node => node.File is not null).Select(node => (node.Title, node.Kind, node.IsUsed)).ShouldBe(
            [("slim", BuildNodeKind.Image, true), ("full", BuildNodeKind.Image, true), ("test", BuildNodeKind.Stage, false)]);
        // One build of the file makes both: neither has to be published first.
        BuildOrder.Of(graph).Levels.Count.ShouldBe(1);
    }

    [Fact]
    public void Of_ATargetThatIsNotThere_IsAFault()
    {
        var settings = Settings("a");
        var variant = settings.Variants[0] with { Target = "nowhere" };
        BuildGraph.Of([VariantSource.Read(variant, "FROM x")], settings).Faults.ShouldHaveSingleItem().Message.ShouldContain("no stage 'nowhere'");
    }

    [Fact]
    public void Mermaid_OfAFamily_HasEveryNodeAndEdgeAndEscapesText()
    {
        var text = MermaidText.Of(Graph([.. Family, ("odd", "FROM x AS y\nFROM y\nCOPY . .\nADD https://example.org/\"#<b>\" /")]));
        text.ShouldStartWith("flowchart LR\n");
        text.ShouldContain("subgraph f1[\"signal-debian.Dockerfile\"]");
        text.ShouldContain("[\"unused (unused)\"]");
        text.ShouldContain("-->|FROM|");
        text.ShouldContain("https://example.org/#35;#60;b#62;");
        text.Count(c => c == '"').ShouldBe(2 * (text.Split("[\"").Length - 1 + text.Split("[/\"").Length - 1));
    }

    private static Arbitrary<(string Name, string Text)[]> Families => Arb.From(
        from count in Gen.Choose(1, 4)
        from files in (
            from stages in Gen.Choose(1, 5)
            from lines in (
                from own in Gen.Elements("a:1", "b", "team/app:v0", "team/app:v1", "team/app:v2", "s0", "s1", "scratch", "<&\">")
                from copy in Gen.Elements("", "COPY . /", "COPY --from=s0 /x /x", "COPY --from=s3 /<&\"x /", "ADD https://example.org/é /", "COPY --from=team/app:v0 / /")
                select (own, copy)).ListOf(stages)
            select string.Join('\n', lines.Select((line, index) => $"FROM {line.own} AS s{index}\n{line.copy}"))).ListOf(count)
        select files.Select((text, index) => ($"v{index}", text)).ToArray());

    [Fact]
    public void Layout_OfAnyFamily_KeepsNodesApartAndInTheirAreas() => Prop.ForAll(Families, files =>
    {
        var placed = GraphLayout.Of(Graph(files));
        foreach (var (one, index) in placed.Nodes.Select((node, index) => (node, index)))
        {
            (one.X >= 0 && one.Y >= 0 && one.X + one.Width <= placed.Width && one.Y + one.Height <= placed.Height).ShouldBeTrue();
            placed.Nodes.Skip(index + 1).ShouldNotContain(other =>
                one.X < other.X + other.Width && other.X < one.X + one.Width && one.Y < other.Y + other.Height - 0.01 && other.Y < one.Y + one.Height - 0.01);
        }
        foreach (var edge in placed.Edges)
            edge.Points.Count.ShouldBeGreaterThanOrEqualTo(2);
        placed.Bands.Count.ShouldBe(files.Length);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Svg_OfAnyFamily_IsWellFormedAndHasEveryNode() => Prop.ForAll(Families, files =>
    {
        var graph = Graph(files);
        var svg = XDocument.Parse(SvgDocument.Of(graph, "How <it> is built"));
        svg.Descendants().Count(element => element.Name.LocalName == "g").ShouldBe(graph.Nodes.Count);
        svg.Descendants().Count(element => element.Name.LocalName == "path" && element.Attribute("marker-end") is not null).ShouldBe(graph.Edges.Count);
    }).QuickCheckThrowOnFailure();
}
