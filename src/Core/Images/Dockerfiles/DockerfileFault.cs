namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>Something wrong in a Dockerfile.</summary>
/// <param name="Line">From 1.</param>
/// <param name="IsWarning">Whether a build may still go through.</param>
public sealed record DockerfileFault(int Line, string Message, bool IsWarning = false)
{
    public override string ToString() => $"line {Line}: {Message}";
}
