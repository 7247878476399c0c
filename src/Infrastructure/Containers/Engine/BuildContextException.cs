namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>The folder of a build cannot be sent. Thrown while it is packed, in the middle of a request; it becomes an error value there.</summary>
internal sealed class BuildContextException(string message) : Exception(message);
