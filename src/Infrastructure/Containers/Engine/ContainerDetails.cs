namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>A container as the engine has it.</summary>
/// <param name="Image">Id of its image.</param>
public sealed record ContainerDetails(string Id, string Image, ContainerState State);

/// <summary>How a container is doing.</summary>
/// <param name="Status">Such as <c>running</c> and <c>exited</c>.</param>
/// <param name="OOMKilled">Whether the kernel ended it for its use of memory.</param>
public sealed record ContainerState(string Status, bool Running, bool OOMKilled, int ExitCode, string? Error);

/// <summary>One line that a container wrote.</summary>
public sealed record ContainerLine(bool IsError, string Text);
