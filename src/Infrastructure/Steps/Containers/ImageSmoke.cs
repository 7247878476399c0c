using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Versions;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Runs one image as it is in the registry.</summary>
internal sealed class ImageSmoke(
    StepContext context, EngineClient engine, RegistryChoice choice, EngineLogin? login, string checkout, TimeSpan limit, TimeProvider time)
{
    private const int MostLines = 40;

    public async Task<Result<EvidenceItem, StepError>> RunAsync(ImageVariant variant, PlatformImage image, CancellationToken cancellationToken)
    {
        var key = new ImageKey(variant.Name, image.Platform);
        var reference = new ImageReference(choice.Repository, null, image.Digest);
        var pulled = await engine.PullAsync(reference, image.Platform, login, line => Write(key, line), cancellationToken);
        if (!pulled.IsOk)
            return ContainerStepErrors.Of(pulled.Error, $"The image {key} could not be pulled back.");
        try
        {
            return await RunAsync(variant, key, reference, cancellationToken);
        }
        finally
        {
            var removed = await engine.RemoveImageAsync(reference.Familiar, force: false, CancellationToken.None);
            if (!removed.IsOk)
                Write(key, $"{reference.Familiar} stays on the engine: {removed.Error.Message}");
        }
    }

    private async Task<Result<EvidenceItem, StepError>> RunAsync(ImageVariant variant, ImageKey key, ImageReference reference, CancellationToken cancellationToken)
    {
        var mounts = new List<ReadOnlyMount>();
        if (variant.SmokeFolder is { } folder)
        {
            var path = CheckoutFolder.Locate(checkout, folder);
            if (!path.IsOk)
                return path.Error;
            mounts.Add(new ReadOnlyMount(path.Value, variant.SmokeMount));
        }
        var request = new ContainerRequest(reference.Familiar)
        {
            Command = variant.SmokeCommand,
            Mounts = mounts,
            Platform = key.Platform,
            Labels = new Dictionary<string, string> { ["release-dashboard.release"] = context.Facts.ReleaseId.ToString() },
        };
        Write(key, $"running {reference.Familiar} {string.Join(' ', variant.SmokeCommand)}");
        var outcome = await new ContainerRun(engine, time).RunAsync(request, limit, line => Write(key, line), cancellationToken);
        return outcome.IsOk ? Judge(variant, key, outcome.Value) : NotStarted(key, outcome.Error);
    }

    private Result<EvidenceItem, StepError> Judge(ImageVariant variant, ImageKey key, ContainerOutcome outcome)
    {
        var lines = outcome.Lines.Select(line => line.Text).TakeLast(MostLines).ToList();
        if (outcome.TimedOut)
            return Failed(key, $"It had not ended after {limit.TotalSeconds:0} s and was killed.", lines);
        if (outcome.OutOfMemory)
            return Failed(key, "It took more memory than it was given.", lines);
        if (lines.Any(line => line.Contains("exec format error", StringComparison.OrdinalIgnoreCase)))
            return NoEmulation(key, lines);
        if (outcome.ExitCode != 0)
            return Failed(key, $"It ended with exit code {outcome.ExitCode}.", lines);
        var version = context.Facts.Version.ToString();
        if (variant.SmokeShowsVersion && !outcome.Lines.Any(line => ShownVersion.IsIn(line.Text, version)))
            return Failed(key, $"Its output does not show {version}.", lines);
        return new EvidenceItem($"smoke: {key}", EvidenceKind.Check, variant.SmokeShowsVersion ? $"runs and shows {version}" : "runs");
    }

    private static StepError NotStarted(ImageKey key, EngineError error) => error.Message.Contains("exec format error", StringComparison.OrdinalIgnoreCase)
        ? NoEmulation(key, [error.Message])
        : ContainerStepErrors.Of(error, $"The image {key} could not be run.");

    private static StepError NoEmulation(ImageKey key, IReadOnlyList<string> lines) => new(
        "no-emulation", $"The worker cannot run programs for {key.Platform}.", "The kernel has no emulation for that processor.",
        "Install qemu-user-static and binfmt support on the engine's machine, use a worker of that platform, or do not run all platforms. Then retry.", lines);

    private static StepError Failed(ImageKey key, string why, IReadOnlyList<string> lines) => new(
        "smoke-failed", $"The image {key} does not work.", why, "Nothing was published. Repair the cause on the branch and start the release again.", lines);

    private void Write(ImageKey key, string line) => context.Log.Write($"[{key}] {line}");
}
