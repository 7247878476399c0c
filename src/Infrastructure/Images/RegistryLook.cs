using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>What one registry holds of a project's images.</summary>
/// <param name="Faults">Why some of it is not known, in the registry's words; with any, an absent image may be there all the same.</param>
public sealed record RegistryLook(RegistryAddress Registry, ImageInventory Inventory, IReadOnlyList<string> Faults)
{
    public bool IsWhole => Faults.Count == 0;
}
