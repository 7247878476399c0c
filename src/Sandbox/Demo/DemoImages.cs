using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.GitHub.Actions.Steps;
using ReleaseDashboard.Sandbox.ImageBuilding;
using ReleaseDashboard.Sandbox.Registries;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Demo;

/// <summary>The images of <c>example/hello-images</c>: what there is of them, and those of its releases so far.</summary>
public sealed class DemoImages(SandboxRepositories repositories, ImageRegistries registries)
{
    /// <summary>Repository that the images are built from.</summary>
    public const string Name = "hello-images";

    /// <summary>Repository of the images in both registries.</summary>
    public const string Images = "example/hello";

    /// <summary>The variant that is also the latest.</summary>
    public const string Latest = "debian";

    /// <summary>The variants, each after the one it is built on, with their Dockerfiles.</summary>
    public static IReadOnlyList<(string Variant, string Dockerfile)> Variants { get; } =
    [
        ("debian", "debian.Dockerfile"), ("tools", "tools.Dockerfile"), ("alpine", "alpine.Dockerfile"), ("minimal", "variants/minimal.Dockerfile"),
    ];

    /// <summary>What each variant is built for.</summary>
    public static IReadOnlyList<string> Platforms { get; } = ["linux/amd64", "linux/arm64"];

    /// <summary>Puts the images of past releases into both registries, where they are not there yet.</summary>
    internal async Task SeedAsync(DemoRepository demo, CancellationToken cancellationToken)
    {
        if (repositories.Find(DemoProject.Owner, Name) is not { } repository)
            return;
        foreach (var version in demo.History.Commits.Select(commit => commit.Release).OfType<string>())
        {
            // They were built for the pull request, so from the commit before the merge. An older sandbox has no such tag.
            if (await repository.Git.ResolveAsync($"{version}^2") is { } sha)
                await SeedAsync(repository, version, sha, cancellationToken);
        }
    }

    private async Task SeedAsync(SandboxRepository repository, string version, string sha, CancellationToken cancellationToken)
    {
        BuildContext? context = null;
        foreach (var (variant, dockerfile) in Variants)
        {
            var tags = ImageTags.Of(["{version}-{variant}", "{variant}"], version, variant, Latest);
            // What users or tests have made of the other tags since is theirs.
            if (registries.Production.FindManifest(Images, tags[0]) is not null)
                continue;
            context ??= await BuildContext.ReadAsync(repository.Git, sha);
            var build = new ImageVariantBuild(
                variant, dockerfile, Images, [.. Platforms.Select(Platform.Parse)], tags, new Dictionary<string, string>(), version,
                $"https://sandbox.example/{repository.FullName}");
            await build.RunAsync(context, registries.Preproduction, actor: null, _ => { }, cancellationToken);
            var image = registries.Preproduction.FindManifest(Images, tags[0])!;
            await new ImageCopy(registries.Preproduction, Images, registries.Production, Images, actor: null).RunAsync(image, tags, cancellationToken);
        }
    }
}
