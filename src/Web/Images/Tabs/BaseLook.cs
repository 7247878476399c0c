using ReleaseDashboard.Core.Images.Platforms;

namespace ReleaseDashboard.Web.Images.Tabs;

/// <summary>What is known of the platforms once base images were asked.</summary>
public sealed record BaseLook(PlatformMatrix Matrix, IReadOnlyList<string> Faults);
