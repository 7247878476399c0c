namespace ReleaseDashboard.Web.Projects.Settings;

/// <summary>The version that would be released next.</summary>
/// <param name="Text">Null when the repository could not be asked.</param>
public sealed record NextVersion(string? Text);
