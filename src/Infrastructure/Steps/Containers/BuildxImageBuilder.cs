using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary><c>docker buildx</c>: BuildKit, for Dockerfiles that the engine's own builder cannot read.</summary>
internal sealed class BuildxImageBuilder(StepProcess processes, EngineOptions options) : IImageBuilder
{
    public const string Program = "docker";

    // BuildKit does not take ids: it finds images of the engine by name.
    public string Reference(ImageReference name, ImageDetails image) => name.Familiar;

    public string Shown(ImageBuild build) => "$ " + CommandText.Display(Program, Arguments(build, build.Variant.Dockerfile, build.Variant.Context));

    /// <summary>Whether it is installed here.</summary>
    public async Task<bool> IsPresentAsync(StepContext context, CancellationToken cancellationToken) =>
        (await processes.RunAsync(context, new ProcessCommand(Program, ["buildx", "version"], context.Workspace, Variables(null)), cancellationToken)).Succeeded;

    public async Task<StepError?> BuildAsync(StepContext context, ImageBuild build, Action<string> log, CancellationToken cancellationToken)
    {
        // Outside the checkout: the resolved text must not get into an image.
        var file = Path.Combine(context.Workspace, $"Dockerfile.{build.Key.Variant}.{build.Key.PlatformName}");
        await File.WriteAllTextAsync(file, build.Dockerfile, cancellationToken);
        using var logins = await BuildxLogins.WriteAsync(build.Logins, cancellationToken);
        var variables = Variables(build);
        variables["DOCKER_CONFIG"] = logins.Folder;
        var run = await processes.RunAsync(
            context, new ProcessCommand(Program, Arguments(build, file, build.Folder), context.Workspace, variables), cancellationToken);
        return run.Succeeded ? null : new StepError(
            "build-failed", $"The image {build.Key} could not be built.", run.Ending, "Read the lines. Repair the Dockerfile or what it needs, then start again from that commit.", run.Outcome.Tail);
    }

    private static IReadOnlyList<string> Arguments(ImageBuild build, string file, string folder) =>
    [
        "buildx", "build", "--platform", build.Key.Platform.ToString(), "--file", file, "--tag", build.Name.Familiar,
        // With an attestation it would be an index, whose digest differs each time. --load: the engine has it afterwards.
        "--provenance=false", "--sbom=false", "--load", "--progress=plain",
        .. build.Variant.Target is { } target ? new[] { "--target", target } : [],
        .. build.Arguments.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { "--build-arg", $"{pair.Key}={pair.Value}" }),
        .. build.Labels.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { "--label", $"{pair.Key}={pair.Value}" }),
        .. build.UseCache ? Array.Empty<string>() : ["--no-cache"],
        .. build.Pull ? ["--pull"] : Array.Empty<string>(),
        "--", folder,
    ];

    private Dictionary<string, string> Variables(ImageBuild? build)
    {
        var variables = new Dictionary<string, string> { ["DOCKER_HOST"] = options.Address.ToString(), ["DOCKER_CLI_HINTS"] = "false" };
        if (options.Certificates is { } certificates)
            (variables["DOCKER_CERT_PATH"], variables["DOCKER_TLS_VERIFY"]) = (certificates, "1");
        // BuildKit takes it as the time of the image's layers.
        if (build is not null)
            variables["SOURCE_DATE_EPOCH"] = build.Time.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return variables;
    }
}
