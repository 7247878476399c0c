using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Infrastructure.Preparation.Checks;

/// <summary>What a release publishes, and with it what must be ready.</summary>
/// <param name="Package">A Python package: indexes, their credentials and the worker's tools.</param>
/// <param name="Images">Images: both registries, and free tags. Left out for a project without images.</param>
/// <param name="Builds">Images are built here, which takes a Docker Engine. Left out for a project without images.</param>
/// <param name="Merges">The release merges the development branch into the released one before it publishes.</param>
public sealed record ReadinessScope(bool Package, bool Images, bool Builds = false, bool Merges = true)
{
    /// <summary>The steps that ask people to approve; null where no playbook is known, and then one reviewer is asked for.</summary>
    public IReadOnlyList<StepDefinition>? Approvals { get; init; }

    /// <summary>What is meant where nobody says it.</summary>
    public static ReadinessScope PackageOnly { get; } = new(true, false);

    /// <summary>By the kinds of a playbook's steps, and by whom it asks.</summary>
    public static ReadinessScope Of(Playbook playbook) => new(Uses(playbook, "pypi."), Uses(playbook, "images."), Uses(playbook, "images.build"), Uses(playbook, "github.merge"))
    {
        Approvals = [.. playbook.Steps.Where(step => step.Approval is not null)],
    };

    private static bool Uses(Playbook playbook, string family) => playbook.Steps.Any(step => step.Kind.StartsWith(family, StringComparison.Ordinal));
}
