namespace ReleaseDashboard.Core.Projects;

/// <summary>What a project says about its Docker images.</summary>
public sealed record ImageSettings
{
    /// <summary>Where images go before they are released.</summary>
    public required RegistryAddress Preproduction { get; init; }

    /// <summary>Where users pull from.</summary>
    public required RegistryAddress Production { get; init; }

    /// <summary>The images of one release, each built from its Dockerfile.</summary>
    public IReadOnlyList<ImageVariant> Variants { get; init; } = [];

    public TagStrategy Tags { get; init; } = new();

    /// <summary>Why an image is not there for a platform, in the maintainers' words.</summary>
    public IReadOnlyList<PlatformNote> Notes { get; init; } = [];

    /// <summary>Workflow that builds and tests the pull request's images, as a file name: <c>pre-release.yml</c>. Null when there is none.</summary>
    public string? PreReleaseWorkflow { get; init; }

    /// <summary>Workflow that migrates the images to production, as a file name. Null: the worker copies them by digest.</summary>
    public string? ReleaseWorkflow { get; init; }

    /// <summary>
    /// Repository the release workflow runs in, OWNER/NAME. Null: this one, started by the tag. Another one is dispatched, and so is
    /// this one where a package is released with the images: its tag comes before the images are approved.
    /// </summary>
    public string? ReleaseWorkflowRepository { get; init; }

    /// <summary>The branch whose file a dispatch runs.</summary>
    public string ReleaseWorkflowBranch { get; init; } = "main";
}

/// <summary>A repository in an image registry.</summary>
/// <param name="Name">Short name on screens and in secrets: <c>preproduction</c>.</param>
/// <param name="Repository">As <c>docker push</c> takes it, without a tag: <c>registry.example:5000/team/app</c>.</param>
/// <param name="Insecure">Whether plain HTTP is spoken: for registries of one's own machine.</param>
public sealed record RegistryAddress(string Name, string Repository, bool Insecure = false);

/// <summary>One of the images of a release.</summary>
public sealed record ImageVariant
{
    /// <summary>Short name, also part of its tags: <c>debian</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its Dockerfile, relative to the repository.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    /// <summary>Folder sent to the build, relative to the repository.</summary>
    public string Context { get; init; } = ".";

    /// <summary>The stage to build, or null for the last one.</summary>
    public string? Target { get; init; }

    public IReadOnlyList<string> Platforms { get; init; } = ["linux/amd64"];

    /// <summary>
    /// Build arguments as NAME=VALUE; <c>{version}</c> and <c>{commit}</c> in a value are those of the release. No secrets: they stay in the
    /// image's history.
    /// </summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Arguments of a container that shows the image works; its output must hold the version when <see cref="SmokeShowsVersion"/>.</summary>
    public IReadOnlyList<string> SmokeCommand { get; init; } = [];

    public bool SmokeShowsVersion { get; init; } = true;

    /// <summary>Folder of the repository mounted for the smoke run, read-only, with a sample configuration; null for none.</summary>
    public string? SmokeFolder { get; init; }

    /// <summary>Where <see cref="SmokeFolder"/> is mounted.</summary>
    public string SmokeMount { get; init; } = "/etc/sample";
}

/// <summary>
/// How images are tagged, more specific first. <c>{version}</c>, <c>{branch}</c>, <c>{commit}</c> (short) and <c>{variant}</c> are
/// replaced; a template that needs something the git context lacks makes no tag. A prerelease uses only templates that name its
/// version or commit, so that it never moves a tag that users follow.
/// </summary>
public sealed record TagStrategy
{
    /// <summary>Templates for a version tag.</summary>
    public IReadOnlyList<string> ForVersion { get; init; } = ["{version}-{variant}", "{variant}"];

    /// <summary>Templates for a branch that is not released.</summary>
    public IReadOnlyList<string> ForBranch { get; init; } = ["{branch}-{variant}"];

    /// <summary>The variant that also gets <c>latest</c> for a final version; null for none.</summary>
    public string? Latest { get; init; }
}

/// <summary>Why a variant is not there for a platform.</summary>
/// <param name="Platform"><c>linux/s390x</c>; <c>linux/arm*</c> means all that begin so.</param>
/// <param name="Variant">The variant, or <c>*</c> for all.</param>
public sealed record PlatformNote(string Platform, string Variant, string Reason);
