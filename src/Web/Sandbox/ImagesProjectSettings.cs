using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Sandbox;
using ReleaseDashboard.Sandbox.Demo;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Web.Sandbox;

/// <summary>The demo project with images, as the dashboard knows it.</summary>
internal static class ImagesProjectSettings
{
    public const string Name = DemoImages.Name;

    /// <summary>The playbook that its releases run on.</summary>
    public const string Playbook = "images";

    private const string BaseArgument = "REGISTRY=";

    public static string Repository => $"{DemoProject.Owner}/{Name}";

    public static ProjectSettings At(SandboxApplication sandbox) => SandboxRemotes.Move(
        new ProjectSettings
        {
            GitUrl = "", WebUrl = "",
            Playbook = Playbook,
            ReleaseName = "Hello images {version}",
            CommitterEmail = "release-dashboard@sandbox.example",
            Images = new ImageSettings
            {
                Preproduction = Address(sandbox, sandbox.Registries.Preproduction),
                Production = Address(sandbox, sandbox.Registries.Production),
                Variants = [.. DemoImages.Variants.Select(pair => new ImageVariant
                {
                    Name = pair.Variant,
                    Dockerfile = pair.Dockerfile,
                    Platforms = DemoImages.Platforms,
                    SmokeCommand = ["--version"],
                    Arguments = pair.Variant == "tools" ? [BaseArgument + Host(sandbox, sandbox.Registries.Preproduction)] : [],
                })],
                Tags = new TagStrategy { Latest = DemoImages.Latest },
                Notes = [new PlatformNote("linux/s390x", "*", "Nobody has asked for it, and there is no machine to try it on.")],
                PreReleaseWorkflow = "pre-release.yml",
                ReleaseWorkflow = "release.yml",
            },
        },
        Repository,
        sandbox.Address);

    /// <summary>The same settings with the registries where they are now: their ports may be others after a restart.</summary>
    public static ProjectSettings Move(ProjectSettings settings, SandboxApplication sandbox) => settings.Images is not { } images ? settings : settings with
    {
        Images = images with
        {
            Preproduction = images.Preproduction with { Repository = Address(sandbox, sandbox.Registries.Preproduction).Repository },
            Production = images.Production with { Repository = Address(sandbox, sandbox.Registries.Production).Repository },
            Variants = [.. images.Variants.Select(variant => variant with
            {
                Arguments = [.. variant.Arguments.Select(argument => argument.StartsWith(BaseArgument, StringComparison.Ordinal) ? BaseArgument + Host(sandbox, sandbox.Registries.Preproduction) : argument)],
            })],
        },
    };

    private static RegistryAddress Address(SandboxApplication sandbox, ImageRegistry registry) =>
        new(registry.Name, $"{Host(sandbox, registry)}/{DemoImages.Images}", Insecure: true);

    private static string Host(SandboxApplication sandbox, ImageRegistry registry) => sandbox.Registries.AddressOf(registry).Authority;
}
