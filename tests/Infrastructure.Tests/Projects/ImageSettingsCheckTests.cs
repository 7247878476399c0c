using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Projects;

namespace ReleaseDashboard.Infrastructure.Tests.Projects;

public sealed class ImageSettingsCheckTests
{
    private static readonly ImageSettings Good = new()
    {
        Preproduction = new RegistryAddress("preproduction", "registry.example:5000/team/app"),
        Production = new RegistryAddress("production", "team/app"),
        Variants = [new ImageVariant { Name = "debian" }, new ImageVariant { Name = "alpine", Dockerfile = "docker/alpine.Dockerfile", Context = "docker", Platforms = ["linux/386", "linux/arm/v7"] }],
        Tags = new TagStrategy { Latest = "debian" },
        Notes = [new PlatformNote("linux/arm*", "*", "No base image.")],
        ReleaseWorkflow = "release.yml",
    };

    private static IReadOnlyList<string> Faults(ImageSettings images) => ProjectSettingsCheck.Faults(
        "good", "team/app", new ProjectSettings { GitUrl = "https://github.com/team/app.git", WebUrl = "https://github.com/team/app", Package = "app", VersionFile = "app.py", Images = images }, allowFile: false);

    [Fact]
    public void Faults_OfGoodSettings_AreNone() => Faults(Good).ShouldBeEmpty();

    [Fact]
    public void Faults_OfEverythingAtOnce_AreAllNamedWithTheirSetting()
    {
        var bad = Good with
        {
            Preproduction = new RegistryAddress("no good", "UPPER/case"),
            Variants =
            [
                new ImageVariant { Name = "a b", Dockerfile = "../Dockerfile", Context = "/", Target = "-x", Platforms = ["linux"], Arguments = ["no"], SmokeFolder = "..", SmokeMount = "x" },
                new ImageVariant { Name = "c", Platforms = [] }, new ImageVariant { Name = "c" },
            ],
            Tags = new TagStrategy { ForVersion = ["{versoin}-{variant}"], ForBranch = ["{branch}"], Latest = "nobody" },
            Notes = [new PlatformNote("windows", "nobody", "")],
            PreReleaseWorkflow = "../x.yml",
            ReleaseWorkflow = null,
            ReleaseWorkflowRepository = "nobody",
        };
        var settings = Faults(bad).Select(fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)]).ToHashSet();
        settings.ShouldBe(
            [
                "images.preproduction.name", "images.preproduction.repository", "images.variants", "images.variants[0].name", "images.variants[0].dockerfile", "images.variants[0].context",
                "images.variants[0].target", "images.variants[0].platforms", "images.variants[0].arguments", "images.variants[0].smokeFolder", "images.variants[0].smokeMount",
                "images.variants[1].platforms", "images.tags.forVersion", "images.tags.forBranch", "images.tags.latest", "images.notes[0].platform", "images.notes[0].variant",
                "images.notes[0].reason", "images.preReleaseWorkflow", "images.releaseWorkflowRepository",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void Faults_OfVariantsThatMeetInOneTag_NameBoth() =>
        Faults(Good with { Variants = [new ImageVariant { Name = "debian" }, new ImageVariant { Name = "1.2.3-debian" }] })
            .ShouldContain(fault => fault.Contains("would get the same tag '1.2.3-debian'", StringComparison.Ordinal));
}
