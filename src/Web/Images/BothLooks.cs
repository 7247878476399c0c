using ReleaseDashboard.Infrastructure.Images;

namespace ReleaseDashboard.Web.Images;

/// <summary>What both registries hold of one version.</summary>
public sealed record BothLooks(string Version, RegistryLook Preproduction, RegistryLook Production)
{
    /// <summary>Failures with the registry that they belong to.</summary>
    public IEnumerable<(string Registry, string Fault)> Faults =>
        new[] { Preproduction, Production }.SelectMany(look => look.Faults.Select(fault => (look.Registry.Name, fault)));
}
